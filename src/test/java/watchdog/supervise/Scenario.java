package watchdog.supervise;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import watchdog.policy.Backoff;
import watchdog.policy.CrashLoop;
import watchdog.policy.LabelSelector;
import watchdog.policy.NamePattern;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.Trigger;
import watchdog.policy.WatchList;

/**
 * What a run is to be like.
 *
 * @param length how long there is trouble; after that there is peace
 */
record Scenario(
        Rules rules, WatchList watchList, Duration interval, int parallel, Duration length, Set<Trouble> troubles) {

    /** What may be wrong in a run, now and then. */
    enum Trouble {
        CRASHES,
        CRASH_LOOPS,
        OUT_OF_MEMORY,
        ILLNESS,
        FAILING_STARTS,
        SLOW_STARTS,
        STOPS,
        KILLS,
        RESTARTS,
        REMOVALS,
        REPLACEMENTS,
        RENAMES,
        PAUSES,
        ENGINE_KILLED,
        ENGINE_SHUT_DOWN,
        ENGINE_HANGS,
        CALLS_REFUSED,
        CALLS_SLOW,
        EVENTS_LOST,
        EVENTS_LATE,
        EVENTS_REORDERED,
        EVENTS_END,
        EVENTS_REFUSED,
        ENGINE_CLOCK_SET,
        LOOP_STALLS,
        WATCHDOG_RESTARTS
    }

    /** The id of the container that watchdog is said to live in. */
    static final String SELF = "5e1f".repeat(16);

    static final WatchList WATCH_LIST = new WatchList(
            List.of(NamePattern.parse("app-*"), NamePattern.parse("db")),
            List.of(LabelSelector.parse("keep=yes")),
            List.of(NamePattern.parse("app-not")));

    static Scenario of(Dice dice) {
        Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
        double each = dice.oneOf(List.of(0.15, 0.3, 0.6));
        for (Trouble trouble : Trouble.values()) {
            if (dice.chance(trouble == Trouble.EVENTS_REFUSED ? 0.1 : each)) {
                troubles.add(trouble);
            }
        }
        troubles.add(Trouble.CRASHES);
        return new Scenario(
                rules(dice),
                WATCH_LIST,
                Duration.ofSeconds(dice.oneOf(List.of(2, 5, 10, 10, 30, 60))),
                dice.oneOf(List.of(1, 2, 8, 8)),
                Duration.ofMinutes(10 + dice.below(25)),
                troubles);
    }

    private static Rules rules(Dice dice) {
        EnumSet<Trigger> restartOn = EnumSet.of(Trigger.EXITED);
        if (dice.chance(0.4)) {
            restartOn.add(Trigger.UNHEALTHY);
        }
        if (dice.chance(0.4)) {
            restartOn.add(Trigger.CREATED);
        }
        if (dice.chance(0.05)) {
            restartOn.remove(Trigger.EXITED);
        }
        Duration least = Duration.ofMillis(dice.oneOf(List.of(200, 1000, 1000, 5000)));
        return new Rules(
                dice.chance(0.02)
                        ? RestartMode.NO
                        : dice.oneOf(List.of(
                                RestartMode.ALWAYS,
                                RestartMode.ALWAYS,
                                RestartMode.UNLESS_STOPPED,
                                RestartMode.ON_FAILURE)),
                restartOn,
                Duration.ofSeconds(dice.oneOf(List.of(1, 10, 10, 30, 90))),
                new Backoff(least, least.multipliedBy(dice.oneOf(List.of(1, 8, 60)))),
                Duration.ofSeconds(dice.oneOf(List.of(5, 60, 60, 300))),
                new CrashLoop(5, Duration.ofMinutes(10)),
                dice.chance(0.2) ? 1 + dice.below(5) : 0,
                dice.chance(0.5),
                SELF);
    }

    boolean has(Trouble trouble) {
        return troubles.contains(trouble);
    }
}
