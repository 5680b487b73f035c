/** The Docker Engine API as far as watchdog needs it; the only place that knows JSON. */
@NullMarked
package watchdog.engine;

import org.jspecify.annotations.NullMarked;
