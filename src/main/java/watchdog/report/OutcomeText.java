package watchdog.report;

import java.time.Duration;
import watchdog.policy.Cause;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Outcome;
import watchdog.policy.Work;

/** What became of a start or a restart, as a line of text. */
record OutcomeText(Fact.Finished fact) implements Outcome.Reader<String> {

    @Override
    public String up(Outcome.Up up) {
        Duration down = up.down();
        return fact.container()
                + ": running again"
                + (down == null ? "" : ", was down for " + InWords.duration(down))
                + (fact.work() == Work.RESTART ? andHealth(up.health()) : "")
                + (fact.tries() > 1 ? " (try " + fact.tries() + " in a row)" : "");
    }

    private static String andHealth(Health health) {
        return switch (health) {
            case STARTING -> ", its health is not known yet";
            case UNHEALTHY -> ", but it is unhealthy";
            case NONE, HEALTHY -> "";
        };
    }

    @Override
    public String wentDown(Outcome.WentDown wentDown) {
        // How its process ended, as where that is a reason to start it.
        String why = Cause.Accident.CRASH.inWords(wentDown.exitCode());
        return fact.container() + ": went down again at once, " + why + InWords.nextTry(fact.next(), "");
    }

    @Override
    public String notNeeded(Outcome.NotNeeded notNeeded) {
        return fact.container() + ": no " + fact.work() + " needed after all, it is " + now(notNeeded.seen());
    }

    /** Of what does not run, health is what it was. */
    private static String now(Container seen) {
        Health health = seen.status().health();
        boolean hasHealth = seen.state() == ContainerState.RUNNING && health != Health.NONE;
        return seen.state() + (hasHealth ? " and " + health : "");
    }

    @Override
    public String gone(Outcome.Gone gone) {
        return fact.container() + ": does not exist any more, so there is nothing to " + fact.work();
    }

    @Override
    public String failed(Outcome.Failed failed) {
        boolean isTakenDown = fact.work() == Work.RESTART && failed.seen().isDown();
        return fact.container() + ": " + fact.work() + " failed: " + failed.problem()
                + (isTakenDown ? "; it is " + failed.seen().state() + " now" : "")
                + InWords.nextTry(fact.next(), fact.isChange() ? ", then quietly" : "");
    }

    @Override
    public String unknown(Outcome.Unknown unknown) {
        return fact.container() + ": " + fact.work() + (unknown.asked() ? " has an unknown outcome" : " not asked for")
                + ": " + unknown.problem() + " (deciding anew once the engine answers)"
                + InWords.moreTime(unknown.problem());
    }
}
