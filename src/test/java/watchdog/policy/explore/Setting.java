package watchdog.policy.explore;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import watchdog.policy.Backoff;
import watchdog.policy.CrashLoop;
import watchdog.policy.Health;
import watchdog.policy.Hold;
import watchdog.policy.Holds;
import watchdog.policy.Lifecycle;
import watchdog.policy.NamePattern;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.Setup;
import watchdog.policy.Trigger;
import watchdog.policy.WatchList;

/**
 * What does not change on the way.
 *
 * @param firstHealth what a container's health is when it has just been started
 * @param isOurs whether watchdog may touch it at all
 */
record Setting(String name, Rules rules, Setup setup, Health firstHealth, boolean isOurs, Budget budget) {

    static final String NAME = "web";
    static final String OFF_THE_LIST = "off";
    static final Holds HELD = new Holds(List.of(new Hold(NamePattern.parse(NAME), null, null)));

    static Setting of(RestartMode mode, Set<Trigger> restartOn, int giveUpAfter, Budget budget) {
        Rules rules = new Rules(
                mode,
                restartOn,
                Duration.ofSeconds(2),
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4)),
                Duration.ofSeconds(3),
                new CrashLoop(2, Duration.ofSeconds(6)),
                giveUpAfter,
                false,
                "");
        boolean checksHealth = restartOn.contains(Trigger.UNHEALTHY);
        String name = mode + " on " + new TreeSet<>(restartOn) + (giveUpAfter > 0 ? ", gives up" : "");
        return new Setting(
                name,
                rules,
                setup(Map.of(), false),
                checksHealth ? Health.STARTING : Health.NONE,
                mode != RestartMode.NO,
                budget);
    }

    Setting with(Setup other, String what) {
        return new Setting(name + ", " + what, rules, other, firstHealth, false, budget);
    }

    Setting within(Budget other, String what) {
        return new Setting(name + ", " + what, rules, setup, firstHealth, isOurs, other);
    }

    Lifecycle lifecycle() {
        return new Lifecycle(rules, new WatchList(List.of(NamePattern.parse(NAME)), List.of(), List.of()));
    }

    static Setup setup(Map<String, String> labels, boolean autoRemove) {
        return new Setup(labels, List.of(), "no", autoRemove, "", null);
    }
}
