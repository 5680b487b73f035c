/** Word to whoever is to act: by webhooks and programs, only if asked for. */
@NullMarked
package watchdog.notify;

import org.jspecify.annotations.NullMarked;
