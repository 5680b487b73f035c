package watchdog.supervise;

import java.time.Duration;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.RulesBuilder;
import watchdog.policy.Status;
import watchdog.policy.Trigger;

/** A test of the supervisor and what it is made of: signals in by hand, work kept in a queue, time as the test says. */
abstract class SupervisorBench {

    static final Duration MOMENT = Duration.ofMillis(1);
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration SETTLE = Rules.DEFAULT.settle();

    Bench bench = new Bench("web,api,db-*", Rules.DEFAULT);

    final void beginWith(Rules rules) {
        bench = new Bench("web,api,db-*", rules);
    }

    static Rules with(RestartMode mode) {
        return new RulesBuilder().mode(mode).build();
    }

    static Rules on(Trigger... triggers) {
        return new RulesBuilder().restartOn(triggers).build();
    }

    static Rules giveUpAfter(int starts) {
        return new RulesBuilder().giveUpAfter(starts).build();
    }

    static Rules withDependents() {
        return new RulesBuilder().dependents().build();
    }

    final Box watched(String name) {
        Box box = bench.running(name);
        bench.withEvents().pass();
        return box;
    }

    final Container container(Box box, ContainerState state) {
        Container seen = bench.listing().watched().stream()
                .filter(container -> container.id().equals(box.id))
                .findFirst()
                .orElseThrow();
        return seen.withStatus(Status.of(state));
    }
}
