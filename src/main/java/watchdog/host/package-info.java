/**
 * What the machine is that watchdog runs on: the service manager, the runtime folder, its own container, and the Java virtual
 * machine.
 */
@NullMarked
package watchdog.host;

import org.jspecify.annotations.NullMarked;
