package watchdog.report;

import java.time.Instant;
import java.util.Optional;
import org.slf4j.event.Level;
import watchdog.policy.RestartCause;

/**
 * A fact of the last day.
 *
 * @param at when it was told, by the wall clock
 * @param cause what was answered by the start or restart of which it is the outcome, if it is one that the engine was asked for
 * @param text in words, without the container's name; one line
 */
public record Moment(Instant at, Level level, FactKind what, Optional<RestartCause> cause, String text) {}
