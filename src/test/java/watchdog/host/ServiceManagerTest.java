package watchdog.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service manager is told, and when. */
class ServiceManagerTest {

    private static final Duration PERIOD = Duration.ofSeconds(15);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final List<String> sent = new ArrayList<>();
    private String status = "";
    private boolean isFull;
    private @Nullable IOException failure;
    private Instant now = Instant.parse("2026-11-22T03:00:00Z");
    private ServiceManager manager = with(PERIOD);

    private ServiceManager with(@Nullable Duration period) {
        return new ServiceManager(this::send, () -> Optional.of(status).filter(text -> !text.isEmpty()), period);
    }

    private boolean send(String text) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (!isFull) {
            sent.add(text);
        }
        return !isFull;
    }

    private Duration beatAfter(Duration passed) {
        now = now.plus(passed);
        return manager.beat(now);
    }

    @Test
    void itIsReadyWithTheFirstStatus() {
        beatAfter(MOMENT);
        assertThat(sent).noneMatch(text -> text.contains("READY"));

        status = "1 watched";
        beatAfter(MOMENT);
        status = "2 watched";
        beatAfter(SECOND);

        assertThat(sent).endsWith("READY=1\nSTATUS=1 watched", "STATUS=2 watched");
    }

    @Test
    void asLongAsItIsNotReadyItAsksForMoreTime() {
        assertThat(beatAfter(MOMENT)).isEqualTo(PERIOD);
        assertThat(beatAfter(PERIOD)).isEqualTo(PERIOD);

        assertThat(sent).containsExactly("EXTEND_TIMEOUT_USEC=30000000", "EXTEND_TIMEOUT_USEC=30000000");
    }

    @Test
    void itIsAliveOnceEachPeriodAndNoMoreOften() {
        status = "1 watched";
        beatAfter(MOMENT);
        sent.clear();

        beatAfter(PERIOD.minus(MOMENT));
        assertThat(sent).isEmpty();
        beatAfter(MOMENT);
        assertThat(sent).containsExactly("WATCHDOG=1");
        beatAfter(MOMENT);

        assertThat(sent).hasSize(1);
    }

    @Test
    void nobodyWhoDoesNotAskIsToldThatItIsAlive() {
        manager = with(null);
        status = "1 watched";

        beatAfter(MOMENT);
        assertThat(beatAfter(Duration.ofDays(1))).isGreaterThan(Duration.ofDays(1));

        assertThat(sent).containsExactly("READY=1\nSTATUS=1 watched");
    }

    @Test
    void aStatusIsToldWhenItChangesButNotMoreThanOnceASecond() {
        status = "a";
        assertThat(beatAfter(MOMENT)).isEqualTo(PERIOD);

        status = "b";
        assertThat(beatAfter(MOMENT)).isEqualTo(SECOND.minus(MOMENT));
        status = "c";
        beatAfter(SECOND.minus(MOMENT));
        beatAfter(SECOND);

        assertThat(sent).filteredOn(text -> text.contains("STATUS")).containsExactly("READY=1\nSTATUS=a", "STATUS=c");
    }

    @Test
    void whatWasNotTakenIsToldLaterIfItStillHolds() {
        status = "a";
        isFull = true;
        assertThat(beatAfter(MOMENT)).isLessThan(SECOND);
        isFull = false;
        failure = new IOException("connection refused");
        beatAfter(SECOND);
        failure = null;
        status = "b";

        beatAfter(SECOND);

        assertThat(sent).containsExactly("READY=1\nSTATUS=b", "WATCHDOG=1");
    }

    @Test
    void aSignOfLifeThatWasNotTakenIsGivenAgainSoon() {
        status = "a";
        beatAfter(MOMENT);
        isFull = true;

        assertThat(beatAfter(PERIOD)).isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void itsEndIsTold() {
        manager.stopping();

        assertThat(sent).containsExactly("STOPPING=1");
    }

    @ParameterizedTest
    @CsvSource({
        "30000000, own, 15000",
        "30000000, , 15000",
        "30000000, 1, none",
        ", own, none",
        "soon, own, none",
        "0, , none",
        "99999999999999999999, , none"
    })
    void signsOfLifeAreGivenToWhoeverAsksThisProcessForThem(
            @Nullable String micros, @Nullable String pid, String millis, @TempDir Path folder) {
        String own = Long.toString(ProcessHandle.current().pid());
        Map<String, String> environment = Map.of(
                "NOTIFY_SOCKET", folder.resolve("nobody").toString(),
                "WATCHDOG_USEC", micros == null ? "" : micros,
                "WATCHDOG_PID", pid == null ? "" : pid.replace("own", own));

        assertThat(ServiceManager.period(environment))
                .isEqualTo(millis.equals("none") ? null : Duration.ofMillis(Long.parseLong(millis)));
    }

    @ParameterizedTest
    @CsvSource({"vsock:2:1234", "nothing", "''", "/no/such/socket", "@watchdog-test-nobody"})
    void anAddressThatNobodyReadsAtIsNoReasonToEnd(String address) {
        ServiceManager nobody = ServiceManager.of(Map.of("NOTIFY_SOCKET", address), () -> Optional.of("a"));

        assertThat(nobody.beat(now)).isPositive();
        nobody.stopping();
    }
}
