/** What is served over HTTP, if anything is: bounded, and for reading only. */
@NullMarked
package watchdog.serve;

import org.jspecify.annotations.NullMarked;
