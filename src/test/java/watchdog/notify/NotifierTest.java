package watchdog.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import watchdog.engine.Json;
import watchdog.policy.Cause;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Decision;
import watchdog.policy.Down;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Life;
import watchdog.policy.Outcome;
import watchdog.policy.RestartCause;
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;
import watchdog.policy.Setup;
import watchdog.policy.Standing;
import watchdog.policy.Status;
import watchdog.policy.Surroundings;
import watchdog.policy.Work;
import watchdog.report.Observers;

/** From the facts that the loop tells to what arrives at webhooks. */
class NotifierTest {

    private static final Instant NOW = Instant.EPOCH;
    private static final Setup SETUP = new Setup(Map.of(), List.of(), "no", false, "", null, "shop/web:7");
    private static final Container WEB = new Container("1f".repeat(32), "web", Status.exited(137), SETUP);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    private String kinds = "problems";

    private Notifier notifier(String... urls) throws IOException {
        List<Webhook> webhooks = List.of(urls).stream()
                .map(url -> new Webhook(new Secret(url), List.of()))
                .toList();
        NotifySettings settings = new NotifySettings(Selection.parse(kinds), webhooks, Optional.empty(), List.of(), 3);
        return Notifier.begin(
                settings,
                "box",
                "watchdog 1",
                (id, count) -> List.of("last words of " + id.substring(0, 4)),
                Json::line,
                (target, outcome) -> outcomes.add(target.replaceAll(" .*", "") + " " + outcome),
                Duration.ofMillis(20));
    }

    private static Fact givenUp() {
        return new Fact.Decided(WEB, new Decision.GiveUp("it ran out of memory after 3 tries in a row"), true, NOW);
    }

    private static Standing standing(Status status) {
        Life unknown = Life.of(WEB.id(), WEB.name(), SETUP, NOW);
        Life life = new Life(
                WEB.id(),
                WEB.name(),
                NOW,
                SETUP,
                true,
                false,
                NOW,
                unknown.phase().found(status, NOW),
                null,
                unknown.attempts(),
                false,
                unknown.telling(),
                null);
        return new RestartPolicy(Rules.DEFAULT).standing(life, Surroundings.NONE, NOW);
    }

    private static Standing outOfMemory() {
        Life life = standing(Status.exited(137)).life();
        Down down = new Down(Cause.Accident.OUT_OF_MEMORY, NOW, OptionalInt.of(137), false);
        Life other = new Life(
                life.id(),
                life.name(),
                NOW,
                SETUP,
                true,
                false,
                NOW,
                down,
                null,
                life.attempts(),
                false,
                life.telling(),
                null);
        return new RestartPolicy(Rules.DEFAULT).standing(other, Surroundings.NONE, NOW);
    }

    private static Map<String, Object> fact(Receiver.Posted posted) throws IOException {
        Map<String, Object> body = Json.read(posted.body().getBytes(UTF_8));
        assertThat(body).containsEntry("host", "box");
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> facts = (List<Map<String, Object>>) body.get("facts");
        return facts.get(0);
    }

    @Test
    void aProblemAndItsEndArriveWithAllThatIsKnown() throws IOException, InterruptedException {
        try (Receiver receiver = Receiver.begin()) {
            Notifier notifier = notifier(receiver.origin() + "/s3cret");
            notifier.changed(outOfMemory());
            notifier.tell(givenUp());
            Map<String, Object> problem = fact(receiver.next());
            notifier.changed(standing(Status.of(ContainerState.RUNNING)));
            Map<String, Object> end = fact(receiver.next());
            notifier.close(PATIENCE);

            assertThat(problem)
                    .containsEntry("what", "give-up")
                    .containsEntry("status", "problem")
                    .containsEntry("image", "shop/web:7")
                    .containsEntry("exitCode", 137)
                    .containsEntry("signal", "SIGKILL")
                    .containsEntry("outOfMemory", true)
                    .containsEntry("log", List.of("last words of 1f1f"));
            assertThat(end).containsEntry("what", "up").containsEntry("status", "recovery");
        }
    }

    @Test
    void whatWaitsIsToldAtTheEnd() throws IOException, InterruptedException {
        try (Receiver receiver = Receiver.begin()) {
            Notifier notifier = notifier(receiver.origin());
            notifier.tell(givenUp());

            notifier.close(PATIENCE);

            assertThat(receiver.waiting()).isEqualTo(1);
            assertThat(outcomes).containsExactly("webhook SENT");
        }
    }

    @Test
    void whoHangsKeepsNobodyWaiting() throws IOException, InterruptedException {
        try (ServerSocket hanging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Receiver receiver = Receiver.begin()) {
            Notifier notifier = notifier("http://127.0.0.1:" + hanging.getLocalPort(), receiver.origin());
            for (int i = 0; i < 20_000; i++) {
                notifier.tell(givenUp());
            }
            assertThat(fact(receiver.next())).containsEntry("what", "give-up");

            Instant begun = Instant.now();
            notifier.close(Duration.ofMillis(200));

            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void ofWhatIsGoneItIsToldOnceIfItHadAProblem() throws IOException, InterruptedException {
        try (Receiver receiver = Receiver.begin()) {
            Notifier notifier = notifier(receiver.origin());
            notifier.tell(givenUp());
            assertThat(fact(receiver.next())).containsEntry("what", "give-up");
            notifier.forgotten(WEB.id());
            notifier.forgotten(WEB.id());
            notifier.close(PATIENCE);

            assertThat(fact(receiver.next())).containsEntry("what", "gone").containsEntry("status", "recovery");
            assertThat(receiver.waiting()).isZero();
        }
    }

    private static Fact gone() {
        return new Fact.Finished(WEB, Work.START, RestartCause.CRASH, new Outcome.Gone(), true, null, 0);
    }

    @Test
    void whatAStartFindsGoneIsToldOnceAndForgotten() throws IOException, InterruptedException {
        kinds = "all";
        try (Receiver receiver = Receiver.begin()) {
            Notifier notifier = notifier(receiver.origin());
            notifier.tell(givenUp());
            assertThat(fact(receiver.next())).containsEntry("what", "give-up");
            notifier.forgotten(WEB.id());
            notifier.tell(gone());
            notifier.close(PATIENCE);

            assertThat(fact(receiver.next())).containsEntry("what", "gone").containsEntry("status", "recovery");
            assertThat(receiver.waiting()).isZero();
            assertThat(notifier.size()).isZero();
        }
    }

    @Test
    void aFaultOfWatchdogEndsNoProblem() throws IOException, InterruptedException {
        try (Receiver receiver = Receiver.begin()) {
            Notifier notifier = notifier(receiver.origin());
            notifier.tell(givenUp());
            assertThat(fact(receiver.next())).containsEntry("what", "give-up");

            new Observers(List.of(new Observers(List.of(notifier)))).lostTrackOf(WEB.id());
            notifier.changed(standing(Status.of(ContainerState.RUNNING)));
            notifier.close(PATIENCE);

            assertThat(fact(receiver.next())).containsEntry("what", "up").containsEntry("status", "recovery");
            assertThat(receiver.waiting()).isZero();
        }
    }

    @Test
    void ofARestartForIllHealthItIsToldThatItIsHealthy() throws IOException, InterruptedException {
        Container ill = WEB.withStatus(Status.of(ContainerState.RUNNING).withHealth(Health.UNHEALTHY));
        try (Receiver receiver = Receiver.begin()) {
            Notifier notifier = notifier(receiver.origin());
            notifier.tell(new Fact.Decided(ill, new Decision.Restart("it is unhealthy"), true, NOW));
            assertThat(fact(receiver.next())).containsEntry("what", "restart").containsEntry("status", "problem");

            notifier.changed(standing(Status.exited(1)));
            notifier.changed(standing(Status.of(ContainerState.RUNNING).withHealth(Health.HEALTHY)));
            notifier.close(PATIENCE);

            assertThat(fact(receiver.next()))
                    .containsEntry("what", "healthy-again")
                    .containsEntry("status", "recovery");
        }
    }
}
