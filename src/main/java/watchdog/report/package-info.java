/** What an operator gets to read. */
@NullMarked
package watchdog.report;

import org.jspecify.annotations.NullMarked;
