package watchdog.policy.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import watchdog.policy.CallAnswer;
import watchdog.policy.ContainerState;
import watchdog.policy.Effect;
import watchdog.policy.Health;
import watchdog.policy.Holds;
import watchdog.policy.Input;
import watchdog.policy.Life;
import watchdog.policy.Lifecycle;
import watchdog.policy.RestartMode;
import watchdog.policy.Setup;
import watchdog.policy.Step;
import watchdog.policy.Surroundings;
import watchdog.policy.Trigger;

/** What holds for a life whatever it is given, in whatever order, though no world would do so. */
class LifeAloneTest {

    private static final long SECONDS = Long.getLong("watchdog.exploration.seconds", 60) / 10 + 1;
    private static final int MOST_STATES = 300_000;
    private static final Instant T0 = Instant.EPOCH.plus(Duration.ofDays(1000));
    private static final Budget NOTHING = new Budget(0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * A life, and whether the engine has a call of watchdog's.
     *
     * @param way the inputs that led here
     */
    private record Point(Life life, boolean isCalled, Instant now, Way way) {}

    private record Way(@Nullable Way before, String input, int depth) {
        String inWords() {
            return (before == null ? "" : before.inWords() + "\n  ") + input;
        }
    }

    @Test
    @Timeout(36_000)
    void neverTwoCallsAtOnceAndNoException() {
        for (Set<Trigger> restartOn : List.of(Set.of(Trigger.EXITED), Set.of(Trigger.values()))) {
            assertThat(explore(Setting.of(RestartMode.ALWAYS, restartOn, 3, NOTHING)))
                    .isEmpty();
        }
    }

    @Test
    @Timeout(36_000)
    void neverACallUnderNo() {
        assertThat(explore(Setting.of(RestartMode.NO, Set.of(Trigger.values()), 0, NOTHING)))
                .isEmpty();
    }

    private static String explore(Setting setting) {
        Lifecycle lifecycle = setting.lifecycle();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L / 3;
        Set<Object> known = new HashSet<>();
        Deque<Point> next = new ArrayDeque<>();
        Life unknown = Life.of(Truth.ID, Setting.NAME, setting.setup(), T0);
        next.add(new Point(unknown, false, T0, new Way(null, "nothing is known", 0)));
        long transitions = 0;
        int depth = 0;
        while (!next.isEmpty() && System.nanoTime() < end && known.size() < MOST_STATES) {
            Point from = next.remove();
            depth = from.way.depth;
            for (Map.Entry<String, Input> given : inputs(from, setting).entrySet()) {
                for (Surroundings around : SURROUNDINGS) {
                    transitions++;
                    boolean isTime = given.getKey().equals("time passes");
                    Instant now = from.now.plus(isTime ? Duration.ofSeconds(2) : Duration.ofNanos(1));
                    Way way = new Way(from.way, given.getKey() + around(around), depth + 1);
                    Step step;
                    try {
                        step = lifecycle.step(from.life, given.getValue(), around, now);
                    } catch (RuntimeException e) {
                        return e + " at " + e.getStackTrace()[0] + " after\n  " + way.inWords();
                    }
                    boolean isCalled = from.isCalled && !(given.getValue() instanceof Input.Answered);
                    for (Effect effect : step.effects()) {
                        boolean isCall = effect instanceof Effect.Start || effect instanceof Effect.Restart;
                        boolean isHeld = around.holds().equals(Setting.HELD);
                        if (isCall && (isCalled || isHeld || !setting.isOurs())) {
                            return effect + " after\n  " + way.inWords();
                        }
                        isCalled |= isCall;
                    }
                    Life life = step.life();
                    if (life != null && known.add(List.of(key(setting, life, now), isCalled))) {
                        next.add(new Point(life, isCalled, now, way));
                    }
                }
            }
        }
        System.out.printf(
                "%-60s depth %2d, %,9d states, %,10d transitions%n",
                setting.name() + ", the life alone", depth, known.size(), transitions);
        return "";
    }

    private static Quotient.Key key(Setting setting, Life life, Instant now) {
        return Quotient.of(setting, new Situation(life, new World(TRUTH, NOTHING), now));
    }

    private static final Truth TRUTH = Truth.begun(ContainerState.RUNNING, 0, T0);

    private static final List<Surroundings> SURROUNDINGS = List.of(
            new Surroundings(true, true, true, true, false, null, Holds.NONE, 0.5),
            new Surroundings(true, false, true, true, false, null, Holds.NONE, 0.5),
            new Surroundings(false, false, true, true, false, null, Holds.NONE, 0.5),
            new Surroundings(true, true, false, false, true, null, Holds.NONE, 0.5),
            new Surroundings(true, true, true, true, false, null, Setting.HELD, 0.5));

    private static String around(Surroundings around) {
        return around.equals(SURROUNDINGS.get(0)) ? "" : " [" + around + "]";
    }

    private static Map<String, Input> inputs(Point at, Setting setting) {
        Map<String, Input> all = new LinkedHashMap<>();
        all.put("start", new Input.Started());
        all.put("die 1", new Input.Died(null, OptionalInt.of(1), true, true));
        all.put("die 0 of Podman", new Input.Died(null, OptionalInt.of(0), false, false));
        all.put("die without a code", new Input.Died(null, OptionalInt.empty(), true, false));
        all.put("kill 15", new Input.Signalled(15));
        all.put("kill 1", new Input.Signalled(1));
        all.put("stop", new Input.Stopped());
        all.put("oom", new Input.RanOutOfMemory());
        all.put("pause", new Input.Paused(true));
        all.put("unpause", new Input.Paused(false));
        all.put("rename to nobody knows what", new Input.Renamed(Optional.empty()));
        all.put("rename off the list", new Input.Renamed(Optional.of(Setting.OFF_THE_LIST)));
        all.put("rename back", new Input.Renamed(Optional.of(Setting.NAME)));
        all.put("unhealthy", new Input.HealthTold(Health.UNHEALTHY));
        all.put("healthy", new Input.HealthTold(Health.HEALTHY));
        Truth created = TRUTH.in(ContainerState.CREATED).failed("port taken");
        Map<String, Truth> truths = Map.of(
                "running", TRUTH.started(Instant.EPOCH.plusSeconds(1), Health.UNHEALTHY, at.now),
                "exited", TRUTH.ended(1, Truth.Why.ITS_OWN, Instant.EPOCH.plusSeconds(2), at.now),
                "created", created,
                "paused", TRUTH.in(ContainerState.PAUSED),
                "restarting", TRUTH.in(ContainerState.RESTARTING),
                "removing", TRUTH.in(ContainerState.REMOVING));
        truths.forEach((state, truth) -> {
            Instant old = at.life.knownSince();
            all.put("inspected, " + state, new Input.Inspected(at.now, truth.inspected(setting.setup()), false));
            all.put("inspected, old, " + state, new Input.Inspected(old, truth.inspected(setting.setup()), false));
            all.put("recalled, " + state, new Input.Inspected(at.now, truth.inspected(setting.setup()), true));
            all.put("listed, " + state, new Input.Listed(at.now, truth.listed(Setup.of(Map.of()), at.now)));
        });
        all.put("not listed", new Input.NotListedDown(at.now));
        all.put("not inspected", new Input.NotInspected(at.now, "no", false, false));
        all.put("inspection refused", new Input.NotInspected(at.now, "no", true, true));
        all.put("gone", new Input.Gone());
        all.put("providers", new Input.ProvidersInspected(at.now, Map.of(), false));
        if (at.isCalled) {
            all.put("accepted", new Input.Answered(new CallAnswer.Accepted()));
            all.put("unchanged", new Input.Answered(new CallAnswer.Unchanged()));
            all.put("too late", new Input.Answered(new CallAnswer.TooLate()));
            all.put("refused", new Input.Answered(new CallAnswer.Refused("no", false)));
            all.put("failed", new Input.Answered(new CallAnswer.Refused("no", true)));
            all.put("not reached", new Input.Answered(new CallAnswer.Unanswered("no", false)));
            all.put("not answered", new Input.Answered(new CallAnswer.Unanswered("no", true)));
        }
        all.put("due", new Input.Due());
        all.put("time passes", new Input.Due());
        all.put("place free", new Input.PlaceFree());
        all.put("engine gone", new Input.EngineGone());
        all.put("events end", new Input.EventsEnded());
        all.put("events begin", new Input.EventsBegun());
        all.put("provider started", new Input.ProviderStarted());
        all.put("provider gone", new Input.ProviderGone());
        return all;
    }
}
