package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import watchdog.engine.EngineEvent;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.NamePattern;
import watchdog.policy.Rules;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.policy.WatchList;

/** What becomes of a watched name when containers take it and give it away; all in one thread, on a clock of its own. */
class WatchedNamesTest {

    private static final String OLD = "0123456789ab" + "0".repeat(52);
    private static final String NEW = "fedcba987654" + "f".repeat(52);

    private final Engine engine = new Engine();
    private final Told told = new Told();
    private final Queue<Signal> signals = new ArrayDeque<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>();
    private final Supervisor supervisor = new Supervisor(
            new WatchList(List.of(NamePattern.parse("web"), NamePattern.parse("db-*")), List.of(), List.of()),
            Rules.DEFAULT,
            new Calls(
                    engine,
                    new OnThisThread(),
                    new OnThisThread(),
                    Duration.ofSeconds(10),
                    new Ticking(),
                    signals::add),
            () -> {},
            8,
            StopMemory.NONE,
            told,
            () -> 0.5);

    private Instant now = Instant.parse("2026-11-22T03:00:00Z");

    @BeforeEach
    void begin() {
        engine.create(OLD, "web", ContainerState.RUNNING);
        signals.add(new Signal.EventsBegun());
        pass();
    }

    @Test
    void aCrashIsAnswered() {
        die(OLD);

        assertThat(engine.started).containsExactly("web");
    }

    @Test
    void whatWaitsForItsBackoffIsForgottenWhenItIsRemoved() {
        crashLoop(OLD);
        assertThat(supervisor.nextDeadline()).isPresent();
        engine.started.clear();

        remove(OLD);
        assertThat(supervisor.nextDeadline()).isEmpty();
        assertThat(supervisor.known()).isEmpty();
        passTime(Duration.ofMinutes(10));

        assertThat(engine.started).isEmpty();
    }

    @Test
    void aNewContainerOfTheSameNameDoesNotInheritTheBackoff() {
        crashLoop(OLD);
        Instant due = supervisor.nextDeadline().orElseThrow();
        engine.started.clear();

        remove(OLD);
        run(NEW, "web");
        passTime(Duration.between(now, due).plusSeconds(1));
        assertThat(engine.started).isEmpty();

        die(NEW);
        assertThat(engine.started).containsExactly("web");
        assertThat(supervisor.known()).containsExactly(NEW);
    }

    @Test
    void aContainerThatIsRenamedOntoAWatchedNameIsWatchedFromThenOn() {
        rename(OLD, "elsewhere");
        run(NEW, "spare");
        die(NEW);
        up(NEW);
        assertThat(engine.started).isEmpty();

        rename(NEW, "web");
        die(NEW);

        assertThat(engine.started).containsExactly("web");
    }

    @Test
    void aContainerThatIsDownAndRenamedOntoAWatchedNameIsStartedOnceItHasSettled() {
        rename(OLD, "elsewhere");
        run(NEW, "spare");
        die(NEW);
        rename(NEW, "web");
        pass();
        assertThat(engine.started).isEmpty();

        passTime(Duration.ofSeconds(11));

        assertThat(engine.started).containsExactly("web");
    }

    @Test
    void aContainerThatIsRenamedAwayIsNotStartedAnyMore() {
        rename(OLD, "elsewhere");
        die(OLD);
        passTime(Duration.ofMinutes(1));

        assertThat(engine.started).isEmpty();
        assertThat(supervisor.known()).isEmpty();
        assertThat(told.facts()).contains("missing web");
    }

    @Test
    void aContainerThatIsRenamedAwayWhileItWaitsIsNotStartedAnyMore() {
        crashLoop(OLD);
        engine.started.clear();

        rename(OLD, "elsewhere");
        passTime(Duration.ofMinutes(10));

        assertThat(engine.started).isEmpty();
        assertThat(supervisor.known()).isEmpty();
    }

    @Test
    void aContainerThatIsRenamedAmongWatchedNamesKeepsItsBackoff() {
        crashLoop(OLD);
        Instant due = supervisor.nextDeadline().orElseThrow();
        engine.started.clear();

        rename(OLD, "db-1");
        assertThat(supervisor.nextDeadline()).contains(due);
        passTime(Duration.between(now, due).plusSeconds(1));

        assertThat(engine.started).containsExactly("db-1");
    }

    @Test
    void composeReplacesAContainerUnhindered() {
        happen(NEW, "create", engine.create(NEW, "0123456789ab_web", ContainerState.CREATED), Map.of());
        stop(OLD);
        pass();
        remove(OLD);
        pass();
        rename(NEW, "web");
        pass();
        up(NEW);
        passTime(Duration.ofMinutes(1));
        assertThat(engine.started).isEmpty();

        die(NEW);
        assertThat(engine.started).containsExactly("web");
    }

    @Test
    void anOlderComposeReplacesAContainerUnhindered() {
        stop(OLD);
        rename(OLD, "0123456789ab_web");
        pass();
        happen(NEW, "create", engine.create(NEW, "web", ContainerState.CREATED), Map.of());
        up(NEW);
        pass();
        remove(OLD);
        passTime(Duration.ofMinutes(1));
        assertThat(engine.started).isEmpty();

        die(NEW);
        assertThat(engine.started).containsExactly("web");
    }

    @Test
    void stoppingRemovingAndRunningAnewAgainAndAgainIsNeverHindered() {
        String id = OLD;
        for (int round = 0; round < 100; round++) {
            stop(id);
            passTime(Duration.ofSeconds(round % 7));
            remove(id);
            id = String.format("%064x", round);
            run(id, "web");
            passTime(Duration.ofSeconds(round % 5));
        }

        assertThat(engine.started).isEmpty();
        assertThat(supervisor.known()).containsExactly(id);
    }

    @Test
    void twoNamesCanBeSwapped() {
        run(NEW, "db-1");
        rename(OLD, "tmp");
        rename(NEW, "web");
        rename(OLD, "db-1");
        die(NEW);
        assertThat(engine.started).containsExactly("web");

        die(OLD);
        assertThat(engine.started).containsExactly("web", "db-1");
    }

    /** Dies again a moment after each start, until the next start has to wait for long. */
    private void crashLoop(String id) {
        for (int crash = 0; crash < 6; crash++) {
            die(id);
            while (engine.containers.get(id).state() == ContainerState.EXITED) {
                passTime(Duration.ofSeconds(1));
            }
            passTime(Duration.ofSeconds(2));
        }
        die(id);
        assertThat(engine.containers.get(id).state()).isEqualTo(ContainerState.EXITED);
    }

    private void die(String id) {
        engine.now(id, Status.exited(1));
        happen(id, "die", engine.containers.get(id), Map.of("exitCode", "1"));
    }

    private void stop(String id) {
        happen(id, "kill", engine.containers.get(id), Map.of("signal", "15"));
        die(id);
        happen(id, "stop", engine.containers.get(id), Map.of());
    }

    private void up(String id) {
        engine.now(id, Status.of(ContainerState.RUNNING));
        happen(id, "start", engine.containers.get(id), Map.of());
    }

    private void run(String id, String name) {
        happen(id, "create", engine.create(id, name, ContainerState.CREATED), Map.of());
        up(id);
    }

    private void remove(String id) {
        happen(id, "destroy", engine.containers.remove(id), Map.of());
    }

    private void rename(String id, String name) {
        Container before = engine.containers.get(id);
        engine.containers.put(id, before.named(name));
        happen(id, "rename", engine.containers.get(id), Map.of("oldName", "/" + before.name()));
    }

    private void happen(String id, String action, Container container, Map<String, String> attributes) {
        Map<String, String> all = new LinkedHashMap<>(attributes);
        all.put("name", container.name());
        signals.add(new Signal.Happened(new EngineEvent(id, action, all, false, null), true));
        handleAll();
    }

    /** What the poller does: hands over what is on the list. */
    private void pass() {
        List<Container> watched = engine.containers.values().stream()
                .filter(container ->
                        container.name().equals("web") || container.name().startsWith("db-"))
                .toList();
        signals.add(new Signal.Listed(now, Duration.ZERO, Signal.Coverage.ALL, engine.containers.size(), watched));
        handleAll();
    }

    /** A second at a time, with a pass every other second. */
    private void passTime(Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            now = now.plusSeconds(1);
            while (!later.isEmpty() && !later.element().at().isAfter(now)) {
                later.remove().task().run();
            }
            handleAll();
            if (second % 2 == 0) {
                pass();
            }
        }
    }

    /** Each signal is handled a moment after the one before. */
    private void handleAll() {
        while (!signals.isEmpty()) {
            now = now.plusNanos(1000);
            supervisor.handle(signals.remove(), true, now);
        }
        supervisor.tick(now);
        if (!signals.isEmpty()) {
            handleAll();
        }
    }

    private record Later(Instant at, Runnable task) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            return at.compareTo(other.at);
        }
    }

    private static final class OnThisThread implements Workers {
        @Override
        public void run(Task task) {
            task.work().run();
        }
    }

    /** Goes on a little whenever it is asked, as any clock. */
    private final class Ticking extends Clock {
        @Override
        public Instant instant() {
            now = now.plusNanos(1000);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("has no zone");
        }
    }

    /** An engine of values, which does what it is asked at once and tells its events. */
    private final class Engine extends EngineOfSignals {

        private final Map<String, Container> containers = new LinkedHashMap<>();
        private final List<String> started = new ArrayList<>();

        Container create(String id, String name, ContainerState state) {
            Container created = new Container(id, name, Status.of(state), Setup.of(Map.of()));
            containers.put(id, created);
            return created;
        }

        void now(String id, Status status) {
            containers.computeIfPresent(id, (same, container) -> container.withStatus(status));
        }

        @Override
        public int list(Consumer<Container> consumer) {
            containers.values().forEach(consumer);
            return containers.size();
        }

        @Override
        public int listDown(Set<String> among, Consumer<Container> consumer) {
            List<Container> down =
                    containers.values().stream().filter(Container::isDown).toList();
            down.forEach(consumer);
            return down.size();
        }

        @Override
        public Optional<Container> inspect(String id) {
            return Optional.ofNullable(containers.get(id));
        }

        @Override
        public boolean start(String id) {
            now(id, Status.of(ContainerState.RUNNING));
            Container container = containers.get(id);
            started.add(container.name());
            signals.add(new Signal.Happened(
                    new EngineEvent(id, "start", Map.of("name", container.name()), false, null), true));
            return true;
        }

        @Override
        public void restart(String id, Duration stopTimeout) {
            throw new AssertionError("nothing is to be restarted here");
        }
    }
}
