package watchdog.report;

import java.time.Instant;
import java.util.Optional;
import watchdog.policy.ContainerState;
import watchdog.policy.Created;
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
        /** A container that is down and wanted up, held, or in the engine's own restart loop; an engine that is gone. */
        DOWN("down"),
        /** A container that is down, and left so by the rules. */
        LEFT("down and left so"),
        /** Nothing is known yet of the container. */
        UNKNOWN("not known");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** As people read it. */
        public String inWords() {
            return words;
        }

        static State of(Standing standing) {
            Phase phase = standing.life().phase();
            if (phase instanceof Up up) {
                return up.health() == Health.UNHEALTHY ? UNHEALTHY : UP;
            }
            if (!standing.isDown()) {
                return UNKNOWN;
            }
            // The engine restarts the one again and again, and has failed to remove the other: that is not by the
            // rules.
            ContainerState state = standing.life().state();
            boolean isOfTheEngine = state == ContainerState.RESTARTING || state == ContainerState.DEAD;
            boolean hasNotRun =
                    phase instanceof Created created && created.error().isEmpty();
            return hasNotRun || (standing.isWell() && !isOfTheEngine) ? LEFT : DOWN;
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
