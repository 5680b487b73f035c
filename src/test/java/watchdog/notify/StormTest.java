package watchdog.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Setup;
import watchdog.policy.Status;

/** What comes to a webhook when something happens to all hosts at once. */
class StormTest {

    private static final int HOSTS = Integer.getInteger("watchdog.storm.hosts", 500);

    /** All in a hundred seconds. */
    private static final int TAKES_IN_A_SECOND = HOSTS / 100;

    private static final Duration NEVER_AWAY = Duration.ZERO;
    private static final Duration AWAY = Duration.ofMinutes(10);

    private static final List<Container> CONTAINERS = IntStream.range(0, 5)
            .mapToObj(number -> new Container(
                    String.valueOf(number).repeat(64),
                    "c" + number,
                    Status.of(ContainerState.EXITED),
                    Setup.of(Map.of())))
            .toList();

    @Test
    void withoutASpreadTheyWouldComeBackTogetherUntilMessagesAreTooOld() {
        Storm.Outcome outcome = run(Storm::losesEngines, NEVER_AWAY, spread(0));

        assertThat(outcome.busiest()).isGreaterThan(HOSTS / 2);
        assertThat(outcome.dropped()).isGreaterThan(HOSTS / 4);
    }

    @Test
    void withItEachIsTakenSoonAndNoneIsLost() {
        Storm.Outcome outcome = run(Storm::losesEngines, NEVER_AWAY, Retry.OF_MESSAGES);

        assertThat(outcome.told()).isEqualTo(HOSTS);
        assertThat(outcome.dropped()).isZero();
        assertThat(outcome.slowest()).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void aWebhookThatComesBackIsNotOverrun() {
        Storm.Outcome outcome = run(Storm::losesEngines, AWAY, Retry.OF_MESSAGES);

        assertThat(outcome.told()).isEqualTo(HOSTS);
        assertThat(outcome.dropped()).isZero();
        assertThat(outcome.slowest()).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void fiveContainersOfAHostAreFewMessages() {
        Storm.Outcome outcome = run(StormTest::sharedServiceFails, NEVER_AWAY, Retry.OF_MESSAGES);

        assertThat(outcome.told()).isBetween(2 * HOSTS, 10 * HOSTS);
        assertThat(outcome.dropped()).isZero();
    }

    /** What all their containers need is away for twenty minutes; each is told of as a crash loop, and ten minutes later as its end. */
    private static void sharedServiceFails(Storm storm) {
        for (Container container : CONTAINERS) {
            storm.crashes(container, Duration.ofSeconds(30));
            storm.recovers(container, Duration.ofMinutes(30), Duration.ofMinutes(5));
        }
    }

    private static Retry spread(double spread) {
        return new Retry(Retry.OF_MESSAGES.waits(), spread, Retry.OF_MESSAGES.tooOld());
    }

    private static Storm.Outcome run(Consumer<Storm> events, Duration away, Retry retry) {
        Storm storm = new Storm(HOSTS, TAKES_IN_A_SECOND, away, retry, 1);
        events.accept(storm);
        return storm.run();
    }

    /** With -Dwatchdog.storm.hosts=10000: the table of src/docs/many-hosts.md. */
    @Test
    @Timeout(600)
    @EnabledIfSystemProperty(named = "watchdog.storm.hosts", matches = "\\d+")
    void table() {
        Map<String, Consumer<Storm>> storms =
                Map.of("engines", Storm::losesEngines, "service", StormTest::sharedServiceFails);
        System.out.printf("%d hosts, a webhook that takes %d messages a second%n", HOSTS, TAKES_IN_A_SECOND);
        storms.forEach((name, events) -> List.of(NEVER_AWAY, AWAY)
                .forEach(away -> List.of(0.0, 0.1, 0.5, 1.0)
                        .forEach(spread -> System.out.printf(
                                Locale.ROOT,
                                "%s, away %s, spread %s: %s%n",
                                name,
                                away,
                                spread,
                                run(events, away, spread(spread))))));
    }
}
