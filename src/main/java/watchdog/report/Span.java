package watchdog.report;

import java.time.Instant;
import java.util.Optional;
import watchdog.policy.Created;
import watchdog.policy.Down;
import watchdog.policy.Elsewhere;
import watchdog.policy.Health;
import watchdog.policy.Phase;
import watchdog.policy.Standing;
import watchdog.policy.Up;

/**
 * A time during which a container, or the engine, was in one state.
 *
 * @param from when it began, by the wall clock
 * @param to when it ended, or none if it still lasts
 * @param isHeld whether an operator held the container meanwhile
 */
public record Span(Instant from, Optional<Instant> to, State state, boolean isHeld) {

    /** How it was. */
    public enum State {
        /** A container that runs or is paused; an engine that answers. */
        UP("up"),
        /** A container that runs and is unhealthy; an engine that does not list its containers. */
        UNHEALTHY("unhealthy"),
        /** A container that is down and wanted up, or held; an engine that is gone. */
        DOWN("down"),
        /** A container that is down, and left so by the rules. */
        LEFT("down and left so"),
        /** Neither up nor down, as far as is known. */
        UNKNOWN("not known");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** As people read it. */
        public String inWords() {
            return words;
        }

        private static State of(Standing standing) {
            Phase phase = standing.life().phase();
            if (phase instanceof Up up) {
                return up.health() == Health.UNHEALTHY ? UNHEALTHY : UP;
            }
            if (phase instanceof Elsewhere) {
                return UNKNOWN;
            }
            boolean isBeingRestarted = phase instanceof Down down && down.isRestarting();
            boolean hasNotRun =
                    phase instanceof Created created && created.error().isEmpty();
            return hasNotRun || (standing.isWell() && !isBeingRestarted) ? LEFT : DOWN;
        }
    }

    static Span of(Standing standing, Instant from) {
        return new Span(from, Optional.empty(), State.of(standing), standing.hold() != null);
    }

    /** The same, which has ended then. */
    Span until(Instant end) {
        return new Span(from, Optional.of(end), state, isHeld);
    }

    /** Whether that one goes on as this one was. */
    boolean isLike(Span next) {
        return state == next.state && isHeld == next.isHeld;
    }
}
