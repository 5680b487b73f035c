package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.NamePattern;
import watchdog.policy.RestartPolicy;
import watchdog.policy.StartOutcome;
import watchdog.policy.WatchList;

/** The supervisor alone: signals in by hand, work kept in a queue, time as the test says. */
class SupervisorTest {

    private final Told told = new Told();
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final List<String> started = new ArrayList<>();
    private final Supervisor supervisor = supervisorOf("web,api,db-*");
    private Instant now = Instant.parse("2026-11-22T03:00:00Z");

    private Supervisor supervisorOf(String list) {
        List<NamePattern> patterns =
                Arrays.stream(list.split(",")).map(NamePattern::parse).toList();
        Restarter restarter = new Restarter(new AlwaysExited(), new Queue(), signal -> supervisor.handle(signal, now));
        return new Supervisor(new WatchList(patterns, List.of()), new RestartPolicy(), restarter, told);
    }

    @Test
    void startsWhatExitedAndLeavesTheRest() {
        list(exited("web"), container("api", ContainerState.RUNNING), container("db-1", ContainerState.PAUSED));

        finishWork();

        assertThat(started).containsExactly("web");
        assertThat(told.facts()).startsWith("start web: it exited with code 137");
    }

    @Test
    void startsNothingTwiceWhileTheFirstStartIsUnderWay() {
        list(exited("web"), container("api", ContainerState.RUNNING), exited("db-1"));
        list(exited("web"), container("api", ContainerState.RUNNING), exited("db-1"));

        assertThat(work).hasSize(2);
    }

    @Test
    void startsNothingTwiceWhenAListingLosesAContainerThatIsBeingStarted() {
        list(exited("web"), container("api", ContainerState.RUNNING), exited("db-1"));
        list();
        list(exited("web"), container("api", ContainerState.RUNNING), exited("db-1"));

        assertThat(work).hasSize(2);
    }

    @Test
    void doesNotTrustAListingThatWasAskedForBeforeTheLastStartEnded() {
        list(exited("web"));
        Instant asked = now;
        now = now.plusSeconds(1);
        finishWork();
        now = now.plusSeconds(1);

        supervisor.handle(new Signal.Listed(asked, 1, List.of(exited("web"))), now);
        assertThat(work).isEmpty();

        list(exited("web"));
        assertThat(work).hasSize(1);
    }

    @Test
    void tellsOnceWhatIsMissingAndOnceThatItAppeared() {
        for (int pass = 0; pass < 3; pass++) {
            list(container("web", ContainerState.RUNNING));
        }
        for (int pass = 0; pass < 3; pass++) {
            list(container("web", ContainerState.RUNNING), container("db-7", ContainerState.RUNNING));
        }
        list(container("db-7", ContainerState.RUNNING));

        assertThat(told.facts()).containsExactly("missing api,db-*", "appeared db-*", "missing web");
    }

    @Test
    void tellsThatTheEngineIsLostOnceThenEveryTenMinutesAndOnceThatItIsBack() {
        supervisor.handle(new Signal.EngineFound("Docker"), now);
        for (int second = 0; second <= 1205; second += 5) {
            supervisor.handle(new Signal.EngineLost("no such socket"), now);
            now = now.plusSeconds(5);
        }
        supervisor.handle(new Signal.EngineFound("Docker"), now);
        supervisor.handle(new Signal.EngineLost("refused"), now);

        assertThat(told.facts())
                .containsExactly(
                        "found",
                        "lost: no such socket",
                        "still lost after PT10M: no such socket",
                        "still lost after PT20M: no such socket",
                        "found again after PT20M10S",
                        "lost: refused");
    }

    @Test
    void tellsWhatBecameOfAStartThoughTheContainerIsGoneMeanwhile() {
        list(exited("web"));
        list();

        supervisor.handle(new Signal.StartFinished(exited("web"), new StartOutcome.Gone()), now);

        assertThat(told.facts()).endsWith("web Gone[]");
    }

    private void list(Container... containers) {
        now = now.plusSeconds(10);
        supervisor.handle(new Signal.Listed(now, containers.length, List.of(containers)), now);
    }

    private void finishWork() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    private static Container exited(String name) {
        return container(name, ContainerState.EXITED);
    }

    private static Container container(String name, ContainerState state) {
        return new Container("id of " + name, name, state, OptionalInt.of(137), null, null);
    }

    /** Does work only when the test says so. */
    private final class Queue implements Workers {
        @Override
        public void run(Runnable task) {
            work.add(task);
        }

        @Override
        public void runAfter(Duration delay, Runnable task) {
            work.add(task);
        }
    }

    /** An engine in which everything has exited, whatever is done. */
    private final class AlwaysExited implements ContainerEngine {
        @Override
        public String describe() {
            return "Docker";
        }

        @Override
        public int list(Consumer<Container> consumer) {
            return 0;
        }

        @Override
        public Optional<Container> look(String id) {
            return Optional.of(exited(id.replace("id of ", "")));
        }

        @Override
        public void start(String id) {
            started.add(id.replace("id of ", ""));
        }
    }
}
