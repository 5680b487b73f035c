/** The loop: one thread that owns all state, fed by signals, and the workers that act for it. */
@NullMarked
package watchdog.supervise;

import org.jspecify.annotations.NullMarked;
