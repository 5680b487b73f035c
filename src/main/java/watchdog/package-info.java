/** The entry point, the wiring and the exit status. */
@NullMarked
package watchdog;

import org.jspecify.annotations.NullMarked;
