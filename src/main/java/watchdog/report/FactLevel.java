package watchdog.report;

import org.slf4j.event.Level;
import watchdog.policy.ContainerState;
import watchdog.policy.Fact;
import watchdog.policy.Outcome;

/**
 * How much a fact matters, whatever it is told by: {@code ERROR} is for somebody to act on, {@code WARN} for somebody to know,
 * {@code INFO} is what is done and becomes of it, and {@code DEBUG} what changes nothing.
 *
 * @param dryRun whether what is decided is not done, so that each decision is what is asked for
 */
public record FactLevel(boolean dryRun) implements Fact.Reader<Level> {

    @Override
    public Level watching(Fact.Watching fact) {
        return Level.INFO;
    }

    @Override
    public Level reloaded(Fact.Reloaded fact) {
        return Level.INFO;
    }

    @Override
    public Level notReloaded(Fact.NotReloaded fact) {
        return Level.WARN;
    }

    @Override
    public Level engineFound(Fact.EngineFound fact) {
        return Level.INFO;
    }

    @Override
    public Level engineLost(Fact.EngineLost fact) {
        return Level.WARN;
    }

    @Override
    public Level engineRestarted(Fact.EngineRestarted fact) {
        return Level.INFO;
    }

    @Override
    public Level eventsLost(Fact.EventsLost fact) {
        return Level.WARN;
    }

    @Override
    public Level eventsFound(Fact.EventsFound fact) {
        return Level.INFO;
    }

    @Override
    public Level eventsBegun(Fact.EventsBegun fact) {
        return Level.DEBUG;
    }

    @Override
    public Level eventsEnded(Fact.EventsEnded fact) {
        return Level.DEBUG;
    }

    @Override
    public Level missing(Fact.Missing fact) {
        return Level.WARN;
    }

    @Override
    public Level appeared(Fact.Appeared fact) {
        return Level.INFO;
    }

    @Override
    public Level foundDown(Fact.FoundDown fact) {
        return Level.INFO;
    }

    @Override
    public Level listed(Fact.Listed fact) {
        return Level.DEBUG;
    }

    @Override
    public Level decided(Fact.Decided fact) {
        if (!fact.isChange()) {
            return Level.DEBUG;
        }
        return switch (fact.decision().kind()) {
            case GIVE_UP -> Level.ERROR;
            case START, RESTART, WAIT -> Level.INFO;
            case LEAVE -> dryRun || fact.container().state() == ContainerState.EXITED ? Level.INFO : Level.DEBUG;
        };
    }

    @Override
    public Level finished(Fact.Finished fact) {
        return fact.outcome().readBy(new OfOutcome(fact.isChange()));
    }

    @Override
    public Level inCrashLoop(Fact.InCrashLoop fact) {
        return Level.WARN;
    }

    @Override
    public Level crashLoopOver(Fact.CrashLoopOver fact) {
        return Level.INFO;
    }

    @Override
    public Level healthyAgain(Fact.HealthyAgain fact) {
        return Level.INFO;
    }

    @Override
    public Level held(Fact.Held fact) {
        return fact.hold().problem() == null ? Level.INFO : Level.WARN;
    }

    @Override
    public Level released(Fact.Released fact) {
        return Level.INFO;
    }

    @Override
    public Level renamed(Fact.Renamed fact) {
        return Level.INFO;
    }

    @Override
    public Level labelProblem(Fact.LabelProblem fact) {
        return Level.WARN;
    }

    @Override
    public Level dockerPolicy(Fact.DockerPolicy fact) {
        return Level.INFO;
    }

    @Override
    public Level notInspected(Fact.NotInspected fact) {
        return Level.WARN;
    }

    @Override
    public Level hung(Fact.Hung fact) {
        return Level.WARN;
    }

    @Override
    public Level ownFault(Fact.OwnFault fact) {
        return Level.ERROR;
    }

    /** @param isChange as of {@link Fact.Finished} */
    private record OfOutcome(boolean isChange) implements Outcome.Reader<Level> {

        @Override
        public Level up(Outcome.Up up) {
            return Level.INFO;
        }

        @Override
        public Level wentDown(Outcome.WentDown wentDown) {
            return Level.WARN;
        }

        @Override
        public Level notNeeded(Outcome.NotNeeded notNeeded) {
            return Level.INFO;
        }

        @Override
        public Level gone(Outcome.Gone gone) {
            return Level.INFO;
        }

        @Override
        public Level failed(Outcome.Failed failed) {
            return isChange ? Level.WARN : Level.DEBUG;
        }

        @Override
        public Level unknown(Outcome.Unknown unknown) {
            return isChange ? Level.WARN : Level.DEBUG;
        }
    }
}
