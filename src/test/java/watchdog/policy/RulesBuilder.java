package watchdog.policy;

import java.time.Duration;
import java.util.Set;

/** Builds rules that differ from the default ones in what a test is about. */
public final class RulesBuilder {

    private RestartMode mode = Rules.DEFAULT.mode();
    private Set<Trigger> restartOn = Rules.DEFAULT.restartOn();
    private int giveUpAfter = Rules.DEFAULT.giveUpAfter();
    private boolean dependents = Rules.DEFAULT.dependents();
    private String self = Rules.DEFAULT.self();

    public RulesBuilder mode(RestartMode other) {
        mode = other;
        return this;
    }

    public RulesBuilder restartOn(Trigger... triggers) {
        restartOn = Set.of(triggers);
        return this;
    }

    public RulesBuilder giveUpAfter(int starts) {
        giveUpAfter = starts;
        return this;
    }

    public RulesBuilder dependents() {
        dependents = true;
        return this;
    }

    public RulesBuilder self(String id) {
        self = id;
        return this;
    }

    public Rules build() {
        Duration settle = Rules.DEFAULT.settle();
        Duration resetAfter = Rules.DEFAULT.resetAfter();
        return new Rules(
                mode,
                restartOn,
                settle,
                Rules.DEFAULT.backoff(),
                resetAfter,
                Rules.DEFAULT.crashLoop(),
                giveUpAfter,
                dependents,
                self);
    }
}
