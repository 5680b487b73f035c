package watchdog.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.policy.Container;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.report.FactKind;

/** By what problems end, and what is told of the engine beside containers. */
class EndsTest {

    private static final Container WEB = new Container("a".repeat(64), "web", Status.exited(1), Setup.of(Map.of()));

    private Digest digest = new Digest(Selection.parse("problems"), Duration.ofSeconds(2));
    private Instant now = Instant.EPOCH;

    private void happens(String word, Optional<Container> container) {
        FactKind what = FactKind.of(word).orElseThrow();
        Notice.Status status = Notice.isProblem(what) ? Notice.Status.PROBLEM : Notice.Status.NOTE;
        digest.happened(new Notice(status, what, container, "", "told", Map.of(), 0), now);
    }

    /** What is told three seconds later. */
    private List<String> told() {
        now = now.plusSeconds(3);
        return digest.due(now).stream()
                .map(notice -> notice.status() + " " + notice.what())
                .toList();
    }

    @Test
    void eachOutageOfTheEngineIsToldAtOnce() {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            happens("engine-lost", Optional.empty());
            told.addAll(told());
            happens("engine-found", Optional.empty());
            told.addAll(told());
        }

        assertThat(told)
                .isEqualTo(Stream.generate(() -> Stream.of("PROBLEM engine-lost", "RECOVERY engine-found"))
                        .limit(3)
                        .flatMap(both -> both)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy-again", "not-needed"})
    void aRestartForIllHealthIsToldAnewOnceThatIsOver(String end) {
        happens("restart", Optional.of(WEB));
        assertThat(told()).containsExactly("PROBLEM restart");

        happens(end, Optional.of(WEB));
        assertThat(told()).containsExactly("RECOVERY " + end);

        now = now.plus(Duration.ofHours(1));
        happens("restart", Optional.of(WEB));
        assertThat(told()).containsExactly("PROBLEM restart");
    }

    @Test
    void whatIsHealthyEndsARestartWhateverHasMadeItSo() {
        happens("restart", Optional.of(WEB));
        assertThat(told()).containsExactly("PROBLEM restart");

        digest.isSo(Facts.up(WEB, now), now);
        assertThat(told()).isEmpty();
        digest.isSo(Facts.healthy(WEB, now), now);
        assertThat(told()).containsExactly("RECOVERY healthy-again");
    }

    @Test
    void anEndIsNotToldOnceMoreAsWhatHasHappened() {
        digest = new Digest(Selection.parse("all"), Duration.ofSeconds(2));
        happens("give-up", Optional.of(WEB));
        assertThat(told()).containsExactly("PROBLEM give-up");

        digest.isGone(WEB.id(), container -> Facts.gone(container, now), now);
        happens("gone", Optional.of(WEB));

        now = now.plusSeconds(3);
        assertThat(digest.due(now))
                .singleElement()
                .satisfies(notice -> assertThat(notice)
                        .returns(Notice.Status.RECOVERY, Notice::status)
                        .returns("told", Notice::text));
    }
}
