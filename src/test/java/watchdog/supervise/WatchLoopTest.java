package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.Eventually.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import watchdog.fake.FakeContainer;
import watchdog.fake.Fault;

/** From a container that is down to one that runs, and what is told of it. */
class WatchLoopTest extends WatchLoopBench {

    @Test
    void startsWhatHasExitedAndSaysThatItIsUp() {
        FakeContainer web = engine.add("web").exited(137);
        watch("web");

        web.awaitState("running", LIMIT);
        awaitTold("web Up[down=PT3");

        assertThat(web.startCount()).isEqualTo(1);
        assertThat(told.facts())
                .startsWith("watching web", "found", "start web: it exited with code 137, and nobody saw why");
    }

    @Test
    void startsWhatCrashesLater() {
        FakeContainer web = engine.add("web");
        watch("web");
        awaitTold("found");

        web.crash(1);

        web.awaitStarts(1, LIMIT);
        awaitTold("start web: it crashed with code 1");
    }

    @Test
    void startsWhatIsDownAmongManyThoughNoEventTold() {
        List<FakeContainer> many =
                IntStream.range(0, 60).mapToObj(n -> engine.add("web-" + n)).toList();
        watch("web-*");
        engine.awaitRequests(many.size(), request -> request.is("GET", "/containers/*/json"), LIMIT);
        engine.awaitRequests(
                2,
                request -> request.is("GET", LISTING)
                        && request.parameter("filters").contains("status"),
                LIMIT);

        FakeContainer web = many.get(42).exited(1);

        web.awaitStarts(1, LIMIT);
        assertThat(engine.requests("POST", "*")).hasSize(1);
    }

    @Test
    void touchesNothingThatIsNotListedByItsOwnWholeName() {
        FakeContainer prefix = engine.add("web-2").exited(1);
        FakeContainer alias =
                engine.add("other").aliases("other/web", "zzz/web").exited(1);
        watch("web");
        awaitTold("missing web");
        awaitTwoPasses();

        assertThat(prefix.startCount() + alias.startCount()).isZero();
        assertThat(engine.requests("POST", "*")).isEmpty();
    }

    @Test
    void doesNotTakeALinkAliasForTheOwnName() {
        FakeContainer web = engine.add("web").aliases("other/database").exited(1);
        watch("web");

        web.awaitStarts(1, LIMIT);
    }

    @Test
    void saysWithWhichExitCodeItWentDownAgain() {
        engine.add("web").exited(1).diesAfterStart(78, Duration.ZERO);
        watch("web");

        awaitTold("web WentDown[exitCode=78]");
    }

    @Test
    void saysOnceInTheEnginesWordsWhyAStartFailsAndTriesAgain() {
        FakeContainer web =
                engine.add("web").exited(1).startFailsWith(500, "driver failed: port is already allocated", 2);
        watch("web");

        web.awaitState("running", LIMIT);

        assertThat(web.startCount()).isEqualTo(3);
        assertThat(told.count("500 driver failed: port is already allocated"))
                .as("once, not once per try")
                .isEqualTo(1);
    }

    @Test
    void doesNotCallRunningAgainWhatWasStartedWithoutItsNetwork() {
        engine.add("web").exited(1).networkMode("bridge").networksLost();
        watch("web");

        awaitTold("giveup web: it runs without its network: it needs to be created anew");
        assertThat(told.count("web Failed[problem=it runs without its network")).isEqualTo(1);
        assertThat(told.count("web Up[")).isZero();
    }

    @Test
    void slowStartsDelayNeitherOthersNorTheListing() {
        FakeContainer slow = engine.add("slow").exited(1).startDelay(LIMIT);
        FakeContainer web = engine.add("web").exited(1);
        watch("slow,web");

        web.awaitState("running", LIMIT);
        awaitTwoPasses();

        assertThat(slow.state()).isEqualTo("exited");
        assertThat(slow.overlappingStarts()).isZero();
        assertThat(told.count("start slow")).isEqualTo(1);
    }

    @Test
    void startsNoMoreAtATimeThanAllowed() {
        for (int i = 0; i < 6; i++) {
            engine.add("web-" + i).exited(1).startDelay(Duration.ofMillis(100));
        }
        watch("web-*", RULES, INTERVAL, 2);
        within(LIMIT, "all started", () -> engine.requests("POST", "*").size() == 6);

        List<Long> arrivals = engine.requests("POST", "*").stream()
                .map(request -> request.nanoTime())
                .sorted()
                .toList();
        for (int i = 2; i < arrivals.size(); i++) {
            Duration between = Duration.ofNanos(arrivals.get(i) - arrivals.get(i - 2));
            assertThat(between).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void looksAgainRightBeforeAStart() {
        FakeContainer web = engine.add("web").running();
        engine.fault("/events", Fault.proxyRefusal());
        engine.fault(LISTING, Fault.body("[{\"Id\":\"" + web.id() + "\",\"Names\":[\"/web\"],\"State\":\"exited\"}]"));
        watch("web");

        awaitTold("web NotNeeded[state=running]");

        assertThat(engine.requests("POST", "*")).isEmpty();
    }

    @Test
    void believesTheContainerRatherThanAListingThatLagsBehind() {
        FakeContainer web = engine.add("web").running();
        engine.fault(LISTING, Fault.body("[{\"Id\":\"" + web.id() + "\",\"Names\":[\"/web\"],\"State\":\"exited\"}]"));
        watch("web");
        awaitTold("found");
        awaitTwoPasses();
        awaitTwoPasses();

        assertThat(engine.requests("POST", "*")).isEmpty();
        assertThat(told.count("start web")).isZero();
    }

    @Test
    void doesNotTakeAMissingNetworkForAMissingContainer() {
        FakeContainer web = engine.add("web").exited(1).startFailsWith(404, "network backend not found", 1);
        watch("web");

        awaitTold("404 network backend not found");
        web.awaitState("running", LIMIT);
    }

    @Test
    void forgetsAContainerThatIsGoneWhenItIsToBeStarted() {
        FakeContainer web = engine.add("web");
        watch("web");
        awaitTold("found");
        within(
                LIMIT,
                "looked at",
                () -> !engine.requests("GET", "/containers/*/json").isEmpty());
        awaitTwoPasses();
        engine.fault("/containers/*/*", Fault.status(404, "No such container: " + web.id()));
        engine.fault(LISTING, Fault.body("[]"));

        web.crash(1);

        awaitTold("web Gone[]");
        assertThat(web.startCount()).isZero();
    }

    @Test
    void forgetsAContainerThatGoesAwayBeforeItsFirstLook() {
        FakeContainer web = engine.add("web").exited(1);
        engine.fault("/containers/*/json", Fault.status(404, "No such container: " + web.id()));
        watch("web");
        engine.awaitRequests(2, request -> request.is("GET", "/containers/*/json"), LIMIT);
        awaitTwoPasses();

        assertThat(engine.requests("POST", "*")).isEmpty();
        assertThat(told.facts()).containsExactly("watching web", "found");
    }

    @Test
    void saysOnceThatContainersMayNotBeLookedAt() {
        engine.add("web").exited(1);
        engine.fault("/containers/*/json", Fault.proxyRefusal());
        watch("web");

        awaitTold("/json: 403");
        engine.awaitRequests(5, request -> request.is("GET", "/containers/*/json"), LIMIT);

        assertThat(told.count("/json: 403")).isEqualTo(1);
        assertThat(engine.requests("POST", "*")).isEmpty();
    }

    @Test
    void tenThousandContainersAreNoObstacle() {
        engine.addMany(10_000, "exited");
        FakeContainer web = engine.add("web").exited(1);
        watch("web");

        web.awaitStarts(1, LIMIT);
        assertThat(engine.requests("POST", "*")).hasSize(1);
    }
}
