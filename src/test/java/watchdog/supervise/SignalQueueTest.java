package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import watchdog.engine.EngineEvent;

class SignalQueueTest {

    private static final String WEB = "1".repeat(64);
    private static final String API = "2".repeat(64);

    private final SignalQueue queue = new SignalQueue(4);

    private static Signal event(String id, String action) {
        return new Signal.Happened(new EngineEvent(id, action, Map.of("name", "x"), false, null), true);
    }

    private static Signal listing(int total) {
        return new Signal.Listed(Instant.EPOCH, Duration.ZERO, Signal.Coverage.ALL, total, List.of());
    }

    private static Signal listingOfDown(int total) {
        return new Signal.Listed(Instant.EPOCH, Duration.ZERO, Signal.Coverage.DOWN, total, List.of());
    }

    private List<Signal> all() throws InterruptedException {
        List<Signal> all = new ArrayList<>();
        for (Signal next = queue.poll(Duration.ZERO); next != null; next = queue.poll(Duration.ZERO)) {
            all.add(next);
        }
        return all;
    }

    @Test
    void givesWhatCameInItsOrder() throws InterruptedException {
        List<Signal> signals = List.of(
                event(WEB, "kill"), listing(1), event(WEB, "die"), event(API, "die"), new Signal.EngineFound("Docker"));
        signals.forEach(signal -> assertThat(queue.add(signal)).isTrue());

        assertThat(all()).isEqualTo(signals);
    }

    @Test
    void leavesOutWhatSaysTheSameOfTheSameContainerAsTheSignalBefore() throws InterruptedException {
        for (int n = 0; n < 1000; n++) {
            assertThat(queue.add(event(WEB, "oom"))).isTrue();
            assertThat(queue.add(event(API, "die"))).isTrue();
        }

        assertThat(all()).containsExactly(event(WEB, "oom"), event(API, "die"));
    }

    @Test
    void keepsWhatSaysTheSameAfterSomethingElse() throws InterruptedException {
        List<Signal> signals = List.of(
                event(WEB, "die"),
                event(WEB, "start"),
                event(WEB, "die"),
                new Signal.Inspected(Instant.EPOCH, WEB, Optional.empty()),
                event(WEB, "die"));
        signals.forEach(queue::add);
        assertThat(all()).isEqualTo(signals);

        queue.add(event(WEB, "die"));
        assertThat(all()).as("after the last was taken").containsExactly(event(WEB, "die"));
    }

    @Test
    void hasRoomForSoManyEventsAndTakesAllElse() throws InterruptedException {
        assertThat(queue.hasRoom()).isTrue();
        for (String action : List.of("die", "start", "kill", "stop")) {
            assertThat(queue.add(event(WEB, action))).isTrue();
        }

        assertThat(queue.add(event(API, "die"))).isFalse();
        assertThat(queue.hasRoom()).isFalse();
        assertThat(queue.add(new Signal.EventsEnded("x"))).isTrue();

        assertThat(all()).hasSize(5).endsWith(new Signal.EventsEnded("x"));
        assertThat(queue.hasRoom()).isTrue();
        assertThat(queue.add(event(API, "die"))).isTrue();
    }

    @Test
    void hasRoomAgainOnlyWhenHalfOfTheEventsAreTaken() throws InterruptedException {
        List.of("die", "start", "kill", "stop").forEach(action -> queue.add(event(WEB, action)));
        queue.poll(Duration.ZERO);
        assertThat(queue.hasRoom()).isFalse();
        queue.poll(Duration.ZERO);
        assertThat(queue.hasRoom()).isTrue();
    }

    @Test
    void keepsOfListingsTheLastOnly() throws InterruptedException {
        for (int n = 0; n < 1000; n++) {
            queue.add(listingOfDown(n));
            queue.add(new Signal.EngineLost("no " + n, false));
        }
        assertThat(all()).containsExactly(listingOfDown(999), new Signal.EngineLost("no 999", false));

        queue.add(listing(1));
        queue.add(listingOfDown(2));
        assertThat(all()).as("one of what is down does not tell all").containsExactly(listing(1), listingOfDown(2));

        queue.add(listingOfDown(1));
        queue.add(listing(2));
        assertThat(all()).containsExactly(listing(2));
    }

    @Test
    void takesOutagesOfWhichNoneWasTakenInForOne() throws InterruptedException {
        for (int n = 0; n < 1000; n++) {
            queue.add(new Signal.EngineLost("no " + n, n == 7));
            queue.add(new Signal.EngineFound("Docker"));
            queue.add(listing(n));
        }

        assertThat(all())
                .containsExactly(new Signal.EngineLost("no 999", true), new Signal.EngineFound("Docker"), listing(999));
    }

    @Test
    void givesFirstWhatIsToComeBeforeAllOthers() throws InterruptedException {
        queue.add(event(WEB, "die"));
        queue.addFirst(new Signal.Stop());

        assertThat(queue.poll(Duration.ZERO)).isEqualTo(new Signal.Stop());
    }

    @Test
    void waitsForTheNextOne() throws Exception {
        Thread adding = new Thread(() -> queue.add(event(WEB, "die")));
        adding.start();
        assertThat(queue.poll(Duration.ofSeconds(20))).isEqualTo(event(WEB, "die"));

        long begin = System.nanoTime();
        assertThat(queue.poll(Duration.ofMillis(50))).isNull();
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(50_000_000);
    }
}
