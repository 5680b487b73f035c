/** What is to be done with a container, and why: pure functions and values, no clock, no I/O. */
@NullMarked
package watchdog.policy;

import org.jspecify.annotations.NullMarked;
