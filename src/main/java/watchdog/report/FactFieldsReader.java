package watchdog.report;

import java.util.List;
import java.util.stream.Stream;
import watchdog.policy.Cause;
import watchdog.policy.Container;
import watchdog.policy.Fact;
import watchdog.policy.Hold;
import watchdog.policy.Outcome;

/** The {@link FactFields} of each kind of fact. */
final class FactFieldsReader implements Fact.Reader<FactFields> {

    @Override
    public FactFields watching(Fact.Watching fact) {
        return new FactFields(FactKind.WATCHING)
                .with("watched", fact.watchList().toString())
                .with("interval", fact.interval())
                .with("endpoint", fact.endpoint())
                .with("policy", fact.mode().toString())
                .with("state", fact.memory().orElse(null));
    }

    @Override
    public FactFields reloaded(Fact.Reloaded fact) {
        return new FactFields(FactKind.RELOADED)
                .with("watched", fact.watchList().toString())
                .with("interval", fact.interval())
                .with("policy", fact.mode().toString());
    }

    @Override
    public FactFields notReloaded(Fact.NotReloaded fact) {
        return new FactFields(FactKind.RELOAD_REFUSED).because(fact.problem());
    }

    @Override
    public FactFields engineFound(Fact.EngineFound fact) {
        return new FactFields(FactKind.ENGINE_FOUND)
                .with("engine", fact.engine())
                .with("lost", fact.lost());
    }

    @Override
    public FactFields engineLost(Fact.EngineLost fact) {
        return new FactFields(fact.isGone() ? FactKind.ENGINE_LOST : FactKind.LISTING_FAILED)
                .because(fact.problem())
                .with("since", fact.since());
    }

    @Override
    public FactFields engineRestarted(Fact.EngineRestarted fact) {
        return new FactFields(FactKind.ENGINE_RESTARTED);
    }

    @Override
    public FactFields eventsLost(Fact.EventsLost fact) {
        return new FactFields(FactKind.EVENTS_LOST).because(fact.problem());
    }

    @Override
    public FactFields eventsFound(Fact.EventsFound fact) {
        return new FactFields(FactKind.EVENTS_FOUND);
    }

    @Override
    public FactFields eventsBegun(Fact.EventsBegun fact) {
        return new FactFields(FactKind.EVENTS_BEGUN);
    }

    @Override
    public FactFields eventsEnded(Fact.EventsEnded fact) {
        return new FactFields(FactKind.EVENTS_ENDED).because(fact.problem());
    }

    @Override
    public FactFields missing(Fact.Missing fact) {
        return new FactFields(FactKind.MISSING).with("wanted", List.copyOf(fact.wanted()));
    }

    @Override
    public FactFields appeared(Fact.Appeared fact) {
        return new FactFields(FactKind.APPEARED).about(fact.container()).with("wanted", List.of(fact.wanted()));
    }

    @Override
    public FactFields foundDown(Fact.FoundDown fact) {
        return new FactFields(FactKind.FOUND_DOWN)
                .with("containers", names(fact.containers().stream()))
                .with("count", fact.containers().size())
                .with("settle", fact.settle());
    }

    private static List<String> names(Stream<Container> containers) {
        return containers.map(Container::name).toList();
    }

    @Override
    public FactFields listed(Fact.Listed fact) {
        return new FactFields(FactKind.LISTED)
                .with("containers", names(fact.watched().stream()))
                .with("count", fact.watched().size())
                .with("total", fact.total())
                .with("downOnly", fact.isOfDown())
                .with("took", fact.took());
    }

    @Override
    public FactFields decided(Fact.Decided fact) {
        FactKind what = switch (fact.decision().kind()) {
            case LEAVE -> FactKind.LEAVE;
            case START -> FactKind.START;
            case RESTART -> FactKind.RESTART;
            case WAIT -> FactKind.WAIT;
            case GIVE_UP -> FactKind.GIVE_UP;
        };
        return new FactFields(what)
                .about(fact.container())
                .because(fact.decision().reason())
                .next(fact.decision().wait(fact.now()).orElse(null))
                .with("state", fact.container().state().toString());
    }

    @Override
    public FactFields finished(Fact.Finished fact) {
        FactFields fields = fact.outcome()
                .readBy(new Ending())
                .about(fact.container())
                .next(fact.next())
                .with("work", fact.work().toString())
                .with("cause", fact.cause().toString());
        return fact.tries() > 0 ? fields.with("attempts", fact.tries()) : fields;
    }

    @Override
    public FactFields inCrashLoop(Fact.InCrashLoop fact) {
        return new FactFields(FactKind.CRASH_LOOP)
                .about(fact.container())
                .because(fact.reason())
                .next(fact.next())
                .with("starts", fact.limit().starts())
                .with("within", fact.limit().within());
    }

    @Override
    public FactFields crashLoopOver(Fact.CrashLoopOver fact) {
        return new FactFields(FactKind.CRASH_LOOP_OVER).about(fact.container());
    }

    @Override
    public FactFields healthyAgain(Fact.HealthyAgain fact) {
        return new FactFields(FactKind.HEALTHY_AGAIN).about(fact.container());
    }

    @Override
    public FactFields held(Fact.Held fact) {
        Hold hold = fact.hold();
        FactFields fields = new FactFields(FactKind.HELD)
                .about(fact.container())
                .with("hold", hold.pattern().toString())
                .with("until", hold.until());
        return hold.problem() == null ? fields : fields.because(hold.problem());
    }

    @Override
    public FactFields released(Fact.Released fact) {
        return new FactFields(FactKind.RELEASED).about(fact.container());
    }

    @Override
    public FactFields renamed(Fact.Renamed fact) {
        return new FactFields(FactKind.RENAMED).about(fact.container()).with("name", fact.name());
    }

    @Override
    public FactFields labelProblem(Fact.LabelProblem fact) {
        return new FactFields(FactKind.LABEL_PROBLEM).about(fact.container()).because(fact.problem());
    }

    @Override
    public FactFields dockerPolicy(Fact.DockerPolicy fact) {
        return new FactFields(FactKind.DOCKER_POLICY)
                .about(fact.container())
                .with("dockerPolicy", fact.container().setup().dockerPolicy());
    }

    @Override
    public FactFields notInspected(Fact.NotInspected fact) {
        return new FactFields(FactKind.NOT_INSPECTED).about(fact.container()).because(fact.problem());
    }

    @Override
    public FactFields hung(Fact.Hung fact) {
        return new FactFields(FactKind.HUNG).with("call", fact.what()).with("after", fact.after());
    }

    @Override
    public FactFields ownFault(Fact.OwnFault fact) {
        return new FactFields(FactKind.OWN_FAULT)
                .because(fact.fault().toString())
                .with("about", fact.about());
    }

    /** The fields of each kind of outcome. */
    private static final class Ending implements Outcome.Reader<FactFields> {

        @Override
        public FactFields up(Outcome.Up up) {
            return new FactFields(FactKind.UP)
                    .with("down", up.down())
                    .with("health", up.health().toString());
        }

        @Override
        public FactFields wentDown(Outcome.WentDown wentDown) {
            FactFields fields =
                    new FactFields(FactKind.WENT_DOWN).because(Cause.Accident.CRASH.inWords(wentDown.exitCode()));
            return wentDown.exitCode().isPresent()
                    ? fields.with("exitCode", wentDown.exitCode().getAsInt())
                    : fields;
        }

        @Override
        public FactFields notNeeded(Outcome.NotNeeded notNeeded) {
            return new FactFields(FactKind.NOT_NEEDED)
                    .because(notNeeded.reason())
                    .with("state", notNeeded.seen().state().toString());
        }

        @Override
        public FactFields gone(Outcome.Gone gone) {
            return new FactFields(FactKind.GONE);
        }

        @Override
        public FactFields failed(Outcome.Failed failed) {
            return new FactFields(FactKind.FAILED)
                    .because(failed.problem())
                    .with("state", failed.seen().state().toString());
        }

        @Override
        public FactFields unknown(Outcome.Unknown unknown) {
            return new FactFields(FactKind.UNKNOWN).because(unknown.problem()).with("asked", unknown.asked());
        }
    }
}
