package watchdog.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.report.FactKind;

/** What is told of what happens, and when. */
class DigestTest {

    private static final Duration GROUP_WAIT = Duration.ofSeconds(2);
    private static final Instant BEGIN = Instant.EPOCH;
    private static final Container WEB = container('a', "web");
    private static final Container API = container('b', "api");

    private final List<List<String>> messages = new ArrayList<>();
    private Digest digest = new Digest(Selection.parse("problems"), GROUP_WAIT);
    private Instant now = BEGIN;

    private static Container container(char digit, String name) {
        return new Container(
                String.valueOf(digit).repeat(64), name, Status.of(ContainerState.EXITED), Setup.of(Map.of()));
    }

    private static Notice notice(String word, Optional<Container> container, String why) {
        FactKind what = FactKind.of(word).orElseThrow();
        boolean isProblem = Notice.isProblem(what);
        Notice.Status status = isProblem ? Notice.Status.PROBLEM : Notice.Status.NOTE;
        return new Notice(status, what, container, why, word, Map.of(), 0);
    }

    private void happens(String what, Container container) {
        happens(what, container, "it crashed");
    }

    private void happens(String what, Container container, String why) {
        digest.happened(notice(what, Optional.of(container), why), now);
    }

    private void happensToEngine(String what, String why) {
        digest.happened(notice(what, Optional.empty(), why), now);
    }

    private void isUp(Container container) {
        digest.isSo(Facts.up(container, now), now);
    }

    private void isGone(Container container) {
        digest.isGone(container.id(), gone -> Facts.gone(gone, now), now);
    }

    /** Lives on for so long, and has told what comes due. */
    private void pass(Duration time) {
        Instant end = now.plus(time);
        for (Instant next = digest.next().orElse(end);
                !next.isAfter(end);
                next = digest.next().orElse(end.plusMillis(1))) {
            now = next;
            List<Notice> told = digest.due(now);
            if (!told.isEmpty()) {
                messages.add(told.stream().map(DigestTest::inShort).toList());
            }
        }
        now = end;
    }

    private static String inShort(Notice notice) {
        return notice.container().map(Container::name).orElse("engine") + " " + notice.what()
                + (notice.status() == Notice.Status.RECOVERY ? " (over)" : "")
                + (notice.leftOut() > 0 ? " +" + notice.leftOut() : "");
    }

    private void settle() {
        pass(Duration.ofSeconds(5));
    }

    @Test
    void aProblemIsToldOnceAndItsEndToo() {
        happens("failed", WEB);
        settle();
        happens("failed", WEB);
        settle();
        happens("up", WEB);
        settle();
        happens("up", WEB);
        settle();

        assertThat(messages).containsExactly(List.of("web failed"), List.of("web up (over)"));
    }

    @Test
    void aProblemForAnotherReasonIsAnotherOne() {
        happens("failed", WEB, "no such mount");
        settle();
        happens("failed", WEB, "port is already allocated");
        settle();

        assertThat(messages).containsExactly(List.of("web failed"), List.of("web failed"));
    }

    @Test
    void theEndOfWhatWasNotToldIsNotTold() {
        happens("up", WEB);
        happens("crash-loop-over", WEB);
        happens("healthy-again", WEB);
        isUp(WEB);
        happensToEngine("engine-found", "");
        settle();

        assertThat(messages).isEmpty();
    }

    @Test
    void eachProblemHasItsOwnEnd() {
        happens("crash-loop", WEB);
        happens("restart", API, "it is unhealthy");
        settle();
        happens("up", WEB);
        happens("up", API);
        settle();
        happens("healthy-again", API);
        settle();
        happens("crash-loop-over", WEB);
        settle();

        assertThat(messages)
                .containsExactly(
                        List.of("web crash-loop", "api restart"),
                        List.of("api healthy-again (over)"),
                        List.of("web crash-loop-over (over)"));
    }

    @Test
    void whatSomebodyElseHasStartedIsUpToo() {
        happens("give-up", WEB);
        settle();
        isUp(WEB);
        settle();

        assertThat(messages).containsExactly(List.of("web give-up"), List.of("web up (over)"));
    }

    @Test
    void theSameEndTwiceIsOne() {
        happens("failed", WEB);
        happens("went-down", WEB);
        settle();
        happens("up", WEB);
        isUp(WEB);
        settle();

        assertThat(messages).containsExactly(List.of("web failed", "web went-down"), List.of("web up (over)"));
    }

    @Test
    void ofWhatIsGoneItIsToldIfAProblemWas() {
        happens("give-up", WEB);
        settle();
        isGone(WEB);
        isGone(API);
        settle();

        assertThat(messages).containsExactly(List.of("web give-up"), List.of("web gone (over)"));
    }

    @Test
    void aProblemThatIsOverWithinTheWaitIsNotTold() {
        happens("failed", WEB);
        pass(Duration.ofMillis(1900));
        happens("up", WEB);
        settle();

        assertThat(messages).isEmpty();
        assertThat(digest.next()).isEmpty();
    }

    @Test
    void anEndThatIsOverWithinTheWaitIsNotTold() {
        happens("failed", WEB);
        settle();
        happens("up", WEB);
        happens("failed", WEB);
        settle();

        assertThat(messages).containsExactly(List.of("web failed"));
    }

    @Test
    void whatHappensTogetherIsToldTogetherTwoSecondsAfterTheFirst() {
        happens("failed", WEB);
        pass(Duration.ofMillis(1500));
        happens("failed", API);
        pass(Duration.ofMillis(499));

        assertThat(messages).isEmpty();

        pass(Duration.ofMillis(1));

        assertThat(messages).containsExactly(List.of("web failed", "api failed"));
    }

    @Test
    void theEngineIsOneProblemWhateverItsReason() {
        happensToEngine("engine-lost", "connection refused");
        settle();
        happensToEngine("listing-failed", "500 not ready");
        settle();
        happensToEngine("engine-found", "");
        settle();

        assertThat(messages).containsExactly(List.of("engine engine-lost"), List.of("engine engine-found (over)"));
    }

    @Test
    void aContainerThatFlapsIsToldTwiceAnHourWithTheCount() {
        for (int minute = 0; minute < 59; minute += 2) {
            happens("failed", WEB);
            pass(Duration.ofMinutes(1));
            happens("up", WEB);
            pass(Duration.ofMinutes(1));
        }
        assertThat(messages).containsExactly(List.of("web failed"), List.of("web up (over)"));

        pass(Duration.ofMinutes(2));

        // 29 times two more, of which the last one is told.
        assertThat(messages).hasSize(3).last().isEqualTo(List.of("web up (over) +57"));
    }

    @Test
    void whatIsWrongWhenTheHourIsOverIsToldThen() {
        happens("failed", WEB);
        pass(Duration.ofMinutes(1));
        happens("up", WEB);
        pass(Duration.ofMinutes(1));
        happens("failed", WEB);
        pass(Duration.ofMinutes(57));
        assertThat(messages).hasSize(2);

        pass(Duration.ofMinutes(2));

        assertThat(messages).hasSize(3).last().isEqualTo(List.of("web failed"));
    }

    @Test
    void flappingHidesNoProblemOfAnotherKind() {
        happens("failed", WEB);
        settle();
        happens("up", WEB);
        settle();
        happens("failed", WEB);
        settle();
        happens("crash-loop", WEB);
        settle();
        happens("give-up", WEB);
        settle();

        assertThat(messages)
                .containsExactly(
                        List.of("web failed"),
                        List.of("web up (over)"),
                        List.of("web crash-loop"),
                        List.of("web give-up"));
    }

    @Test
    void oneContainerThatFlapsKeepsNoOtherFromBeingTold() {
        for (int i = 0; i < 5; i++) {
            happens("failed", WEB);
            settle();
            happens("up", WEB);
            settle();
        }
        happens("failed", API);
        settle();

        assertThat(messages).last().isEqualTo(List.of("api failed"));
    }

    @Test
    void withAllEachRestartIsToldTwiceAnHourForAContainer() {
        digest = new Digest(Selection.parse("all"), GROUP_WAIT);
        for (int i = 0; i < 4; i++) {
            happens("start", WEB);
            happens("up", WEB);
            pass(Duration.ofMinutes(1));
        }
        assertThat(messages).containsExactly(List.of("web start", "web up"), List.of("web start", "web up"));

        pass(Duration.ofHours(1));

        assertThat(messages).last().isEqualTo(List.of("web start +2", "web up"));
    }

    @Test
    void kindsByNameAreToldWithTheEndOfEach() {
        digest = new Digest(Selection.parse("crash-loop,released"), GROUP_WAIT);
        happens("failed", WEB);
        happens("crash-loop", WEB);
        happens("released", API);
        settle();
        happens("crash-loop-over", WEB);
        settle();

        assertThat(messages)
                .containsExactly(List.of("web crash-loop", "api released"), List.of("web crash-loop-over (over)"));
    }

    @Test
    void aRestartThatIsNotForIllHealthIsNoProblem() {
        digest.happened(
                new Notice(Notice.Status.NOTE, FactKind.RESTART, Optional.of(WEB), "", "restart", Map.of(), 0), now);
        settle();

        assertThat(messages).isEmpty();
    }

    @Test
    void atTheEndWhatWaitsIsToldAtOnce() {
        happens("failed", WEB);

        assertThat(digest.atOnce(now)).extracting(Notice::what).containsExactly(FactKind.FAILED);
        assertThat(digest.atOnce(now)).isEmpty();
    }

    @Test
    void nothingIsKeptOfWhatIsOver() {
        happens("failed", WEB);
        settle();
        happens("up", WEB);
        settle();
        pass(Duration.ofHours(2));
        happens("failed", API);
        settle();

        assertThat(digest.size()).isEqualTo(1);
    }
}
