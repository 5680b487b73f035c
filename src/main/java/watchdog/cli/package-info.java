/** The command line: its options and commands. It ends in one record, {@link watchdog.cli.Config}. */
@NullMarked
package watchdog.cli;

import org.jspecify.annotations.NullMarked;
