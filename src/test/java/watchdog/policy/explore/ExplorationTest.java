package watchdog.policy.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import watchdog.policy.RestartMode;
import watchdog.policy.Trigger;

/** Every sequence of what can befall a container, in each setting, as far as the time carries. */
class ExplorationTest {

    private static final long SECONDS = Long.getLong("watchdog.exploration.seconds", 60);
    private static final Pattern ONLY = Pattern.compile(System.getProperty("watchdog.exploration.only", ""));
    private static final int THREADS = Integer.getInteger("watchdog.exploration.threads", 2);
    private static final int MOST_STATES = Integer.getInteger("watchdog.exploration.states", 60_000);

    private static final Set<Trigger> EXITED = Set.of(Trigger.EXITED);
    private static final Set<Trigger> UNHEALTHY = Set.of(Trigger.UNHEALTHY);
    private static final Set<Trigger> ANY = Set.of(Trigger.EXITED, Trigger.UNHEALTHY, Trigger.CREATED);

    static List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (Budget little : littleOfEach()) {
            settings.add(Setting.of(RestartMode.UNLESS_STOPPED, ANY, 0, little).within(little, little.inWords()));
        }
        Budget exits = new Budget(2, 2, 1, 1, 0, 1, 0, 0);
        Budget ends = new Budget(1, 2, 1, 1, 0, 1, 1, 0);
        Budget crashes = new Budget(4, 0, 0, 1, 0, 1, 0, 0);
        Budget illness = new Budget(1, 1, 1, 2, 2, 1, 0, 0);
        settings.add(Setting.of(RestartMode.ALWAYS, EXITED, 3, crashes).within(crashes, "crashes"));
        settings.add(Setting.of(RestartMode.ALWAYS, EXITED, 3, exits));
        settings.add(Setting.of(RestartMode.UNLESS_STOPPED, EXITED, 0, exits));
        settings.add(Setting.of(RestartMode.UNLESS_STOPPED, EXITED, 0, ends).within(ends, "and watchdog ends"));
        settings.add(Setting.of(RestartMode.ON_FAILURE, EXITED, 0, exits));
        settings.add(Setting.of(RestartMode.ALWAYS, UNHEALTHY, 0, illness));
        settings.add(Setting.of(RestartMode.UNLESS_STOPPED, ANY, 3, illness));
        settings.add(Setting.of(RestartMode.NO, ANY, 0, illness));
        settings.add(Setting.of(RestartMode.ALWAYS, ANY, 0, illness)
                .with(Setting.setup(Map.of(), true), "removed by the engine"));
        settings.add(Setting.of(RestartMode.ALWAYS, EXITED, 0, exits)
                .with(Setting.setup(Map.of("com.docker.compose.oneoff", "True"), false), "one-off"));
        return settings;
    }

    /** One trouble of each kind alone, and each two together. */
    private static List<Budget> littleOfEach() {
        List<Budget> budgets = new ArrayList<>();
        for (int kind = 0; kind < Budget.KINDS; kind++) {
            budgets.add(Budget.of(kind, 1, kind, 0));
        }
        for (int kind = 0; kind < Budget.KINDS; kind++) {
            for (int other = kind; other < Budget.KINDS; other++) {
                budgets.add(Budget.of(kind, 1, other, 1));
            }
        }
        return budgets;
    }

    @Test
    @Timeout(36_000)
    void whatMustNotHappenDoesNot() throws InterruptedException, ExecutionException {
        List<Setting> settings = settings().stream()
                .filter(setting -> ONLY.matcher(setting.name()).find())
                .toList();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        AtomicInteger begun = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Map<String, String> violations = new TreeMap<>();
        try {
            List<Future<Explorer.Report>> reports = new ArrayList<>();
            for (Setting setting : settings) {
                reports.add(threads.submit(() -> {
                    // What one leaves over is for those after it.
                    int yet = settings.size() - begun.getAndIncrement();
                    long left = end - System.nanoTime();
                    long share = Math.max(1, Math.min(left, left * THREADS / yet));
                    return new Explorer(setting).explore(Beginnings.of(setting), share, MOST_STATES);
                }));
            }
            for (Future<Explorer.Report> future : reports) {
                Explorer.Report report = future.get();
                System.out.println(report);
                report.violations().forEach((kind, way) -> {
                    violations.merge(kind, report.setting() + ": " + way, ExplorationTest::shorter);
                });
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(String.join("\n\n", violations.values())).isEmpty();
    }

    private static String shorter(String one, String other) {
        return one.lines().count() <= other.lines().count() ? one : other;
    }
}
