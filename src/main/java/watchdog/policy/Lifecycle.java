package watchdog.policy;

import java.time.Instant;

/** How a container's life goes on: a pure function of what is known, what is told, and the time. */
public final class Lifecycle {

    private final Rules rules;
    private final WatchList watchList;

    public Lifecycle(Rules rules, WatchList watchList) {
        this.rules = rules;
        this.watchList = watchList;
    }

    /**
     * Takes one step.
     *
     * @param now by a clock that is never set back
     */
    public Step step(Life life, Input input, Surroundings around, Instant now) {
        Transition transition = new Transition(rules, watchList, life, around, now);
        input.takeIn(transition);
        return transition.step();
    }
}
