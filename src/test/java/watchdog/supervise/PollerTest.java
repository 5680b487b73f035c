package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import watchdog.engine.DockerEngine;
import watchdog.engine.EngineEvent;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;
import watchdog.policy.Container;
import watchdog.policy.NamePattern;
import watchdog.policy.WatchList;

/** What a pass asks for, and what it signals. */
class PollerTest {

    private static final String LISTING = "/containers/json";
    private static final String DOWN = "\"status\":[\"created\",\"exited\"]";
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Signal EVENT =
            new Signal.Happened(new EngineEvent("a".repeat(64), "start", Map.of(), false, null), true);

    @TempDir
    private Path folder;

    private final VirtualTime time = new VirtualTime();
    private final List<Signal> signals = new ArrayList<>();

    private final ModelMemory memory = new ModelMemory();

    private FakeEngine engine;
    private Poller poller;

    @BeforeEach
    void start() {
        engine = FakeEngine.onUnixSocket(folder.resolve("d.sock"));
        DockerEngine docker = new DockerEngine(
                new HttpClient(Endpoint.parse(engine.host())), Timeouts.of(Duration.ofSeconds(10)), label -> true);
        WatchList watchList = new WatchList(List.of(NamePattern.parse("web*")), List.of(), List.of());
        poller = new Poller(docker, watchList, memory, time, signals::add);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void rememberedStopsOfWhatIsNotListedAreTold() {
        String db = engine.add("db").id();
        String gone = "f".repeat(64);
        memory.remember(db, time.instant());
        memory.remember(gone, time.instant());

        poller.pass();

        assertThat(signals)
                .filteredOn(Signal.Listed.class::isInstance)
                .singleElement()
                .isEqualTo(new Signal.Listed(
                        time.instant(), Duration.ZERO, Signal.Coverage.ALL, 1, List.of(), Set.of(gone)));
    }

    /** Makes a pass, and says how each of its listings was asked for. */
    private List<String> pass() {
        int before = engine.requests("GET", LISTING).size();
        time.pass(INTERVAL);
        poller.pass();
        return engine.requests("GET", LISTING).stream()
                .skip(before)
                .map(request -> request.parameter("filters"))
                .map(filters -> filters.isEmpty() ? "all" : filters)
                .toList();
    }

    /** Names of those that the last pass found to be on the watch list. */
    private List<String> watched() {
        Signal.Listed listed = (Signal.Listed) signals.get(signals.size() - 1);
        return listed.watched().stream().map(Container::name).toList();
    }

    @Test
    void asksOnlyWhichOfThoseItKnowsAreDownWhileNothingHappens() {
        FakeContainer web = engine.add("web");
        engine.add("other").exited(1);
        poller.heard(new Signal.EventsBegun());

        assertThat(pass()).containsExactly("all");
        assertThat(pass()).containsExactly("{" + DOWN + ",\"id\":[\"" + web.id() + "\"]}");
        assertThat(watched()).isEmpty();
        web.exited(3);
        assertThat(pass()).hasSize(1).doesNotContain("all");

        Signal.Listed listed = (Signal.Listed) lastSignal();
        assertThat(listed.total()).isEqualTo(1);
        assertThat(listed.coverage()).isEqualTo(Signal.Coverage.DOWN);
        assertThat(listed.watched().get(0).status().exitCode()).hasValue(3);
    }

    @Test
    void asksForAllAfterAnyEvent() {
        engine.add("web-1");
        poller.heard(new Signal.EventsBegun());
        pass();
        engine.add("web-2");
        poller.heard(EVENT);

        assertThat(pass()).containsExactly("all");
        assertThat(watched()).containsExactlyInAnyOrder("web-1", "web-2");
        assertThat(pass()).hasSize(1).doesNotContain("all");
    }

    /** The loop may have taken in the event only after the listing was asked for, and not believe that. */
    @Test
    void asksForAllOnceMoreWhereAnEventCameJustBeforeTheLastPass() {
        engine.add("web");
        poller.heard(new Signal.EventsBegun());
        poller.pass();

        assertThat(pass()).containsExactly("all");
        assertThat(pass()).doesNotContain("all");
    }

    @Test
    void asksForAllWithoutEvents() {
        engine.add("web");

        assertThat(pass()).containsExactly("all");
        assertThat(pass()).containsExactly("all");
        poller.heard(new Signal.EventsBegun());
        assertThat(pass()).containsExactly("all");
        poller.heard(new Signal.EventsEnded("the engine ended them"));
        assertThat(pass()).containsExactly("all");
        assertThat(pass()).containsExactly("all");
    }

    @Test
    void asksForAllNowAndThenForAnEventMayBeLost() {
        engine.add("web").exited(1);
        poller.heard(new Signal.EventsBegun());
        pass();
        engine.add("web-2").exited(1);
        assertThat(pass()).doesNotContain("all");
        assertThat(watched()).containsExactly("web");

        time.pass(Duration.ofMinutes(5));

        assertThat(pass()).containsExactly("all");
        assertThat(watched()).containsExactlyInAnyOrder("web", "web-2");
    }

    @Test
    void asksOnlyForThoseThatAreDownWhereNoneIsKnown() {
        engine.add("other");
        poller.heard(new Signal.EventsBegun());

        assertThat(pass()).containsExactly("all");
        assertThat(pass()).containsExactly("{" + DOWN + "}");
    }

    @Test
    void asksForAllAfterAFailure() {
        engine.add("web");
        poller.heard(new Signal.EventsBegun());
        pass();
        engine.fault(LISTING, Fault.garbage());
        assertThat(pass()).hasSize(1);
        assertThat(signals.get(signals.size() - 1)).isInstanceOf(Signal.EngineLost.class);
        engine.heal();

        assertThat(pass()).containsExactly("all");
        assertThat(pass()).doesNotContain("all");
    }

    private List<FakeContainer> addMoreThanARequestTakes() {
        return IntStream.range(0, 51).mapToObj(n -> engine.add("web-" + n)).toList();
    }

    private Signal lastSignal() {
        return signals.get(signals.size() - 1);
    }

    @Test
    void asksOnlyForThoseThatAreDownWhereTheyAreTooManyForARequest() {
        List<FakeContainer> many = addMoreThanARequestTakes();
        many.get(7).exited(1);
        many.get(8).created();
        engine.add("other").exited(1);
        poller.heard(new Signal.EventsBegun());
        assertThat(pass()).containsExactly("all");
        assertThat(watched()).hasSize(51);
        Instant before = time.instant();
        engine.fault(LISTING, exchange -> {
            time.pass(Duration.ofSeconds(1));
            Fault.delayed(Duration.ZERO).answer(exchange);
        });

        assertThat(pass()).containsExactly("{" + DOWN + "}");

        Signal.Listed listed = (Signal.Listed) lastSignal();
        assertThat(listed.asked()).isEqualTo(before.plus(INTERVAL));
        assertThat(listed.total()).isEqualTo(3);
        assertThat(listed.watched()).extracting(Container::name).containsExactlyInAnyOrder("web-7", "web-8");
    }

    @Test
    void asksForAllAfterAnEventThatCameDuringTheLastPass() {
        addMoreThanARequestTakes();
        poller.heard(new Signal.EventsBegun());
        pass();
        engine.fault(LISTING, exchange -> {
            poller.heard(EVENT);
            Fault.delayed(Duration.ZERO).answer(exchange);
        });
        assertThat(pass()).containsExactly("{" + DOWN + "}");
        engine.heal();

        assertThat(pass()).containsExactly("all");
        assertThat(pass()).containsExactly("{" + DOWN + "}");
    }

    @Test
    void asksForAllAfterAnEventOrAFailureOrALongTimeHoweverManyTheyAre() {
        addMoreThanARequestTakes();
        poller.heard(new Signal.EventsBegun());
        pass();

        poller.heard(EVENT);
        assertThat(pass()).containsExactly("all");
        assertThat(pass()).containsExactly("{" + DOWN + "}");

        engine.fault(LISTING, Fault.garbage());
        assertThat(pass()).containsExactly("{" + DOWN + "}");
        assertThat(lastSignal()).isInstanceOf(Signal.EngineLost.class);
        engine.heal();
        assertThat(pass()).containsExactly("all");
        assertThat(pass()).containsExactly("{" + DOWN + "}");

        time.pass(Duration.ofMinutes(5));
        assertThat(pass()).containsExactly("all");
    }

    @ParameterizedTest
    @CsvSource({"1", "51"})
    void asksForAllWhereAFilterIsRefused(int count) {
        IntStream.range(0, count).forEach(n -> engine.add("web-" + n));
        poller.heard(new Signal.EventsBegun());
        pass();
        Fault refused = Fault.status(400, "invalid filter");
        Fault usual = Fault.delayed(Duration.ZERO);
        engine.fault(LISTING, exchange -> {
            boolean filtered = !exchange.request().parameter("filters").isEmpty();
            (filtered ? refused : usual).answer(exchange);
        });

        assertThat(pass()).hasSize(2).last().isEqualTo("all");
        assertThat(watched()).hasSize(count);
    }
}
