package watchdog.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import watchdog.engine.Json;
import watchdog.policy.Container;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.report.FactKind;

/** The message, as services take it and programs read it. */
class ComposerTest {

    private static final Instant AT = Instant.parse("2026-11-27T14:00:00Z");

    private final List<String> asked = new ArrayList<>();

    private static Container container(int number, String name) {
        return new Container("%064x".formatted(number), name, Status.exited(137), Setup.of(Map.of()));
    }

    private static Notice notice(Notice.Status status, String what, Optional<Container> container, String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", what);
        container.ifPresent(its -> fields.put("container", its.name()));
        if (status == Notice.Status.PROBLEM) {
            fields.put("image", "shop/web:7");
            fields.put("exitCode", 137);
            fields.put("signal", "SIGKILL");
        }
        fields.put("message", text);
        return new Notice(status, FactKind.of(what).orElseThrow(), container, "", text, fields, 0);
    }

    private static Notice crashLoop(int number, String name) {
        return notice(Notice.Status.PROBLEM, "crash-loop", Optional.of(container(number, name)), name + ": crash loop");
    }

    private Message message(int logLines, List<String> log, int dropped, Notice... notices) {
        LogLines logs = (id, count) -> {
            asked.add(id + " " + count);
            return log;
        };
        return new Composer("box", "watchdog 1", logLines, logs, Json::line).message(List.of(notices), dropped, AT);
    }

    private static Map<String, Object> read(Message message) {
        try {
            return Json.read(message.json().getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(message.json(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> facts(Message message) {
        return (List<Map<String, Object>>) read(message).get("facts");
    }

    private static String text(Message message, String field) {
        return (String) read(message).get(field);
    }

    @Test
    void isOneObjectThatServicesTakeAndProgramsRead() {
        Message message = message(10, List.of("ready", "no space left"), 0, crashLoop(1, "web"));

        assertThat(read(message))
                .containsEntry("version", 1)
                .containsEntry("watchdog", "watchdog 1")
                .containsEntry("host", "box")
                .containsEntry("at", "2026-11-27T14:00:00Z")
                .containsEntry("severity", "failure")
                .containsEntry("title", "web: crash-loop on box")
                .containsEntry(
                        "body", "box: web: crash loop [image shop/web:7, exit code 137, SIGKILL]\nready\nno space left")
                .containsEntry(
                        "text",
                        "box: web: crash loop [image shop/web:7, exit code 137, SIGKILL]\n```\nready\nno space left\n```")
                .containsEntry("more", 0)
                .containsEntry("dropped", 0);
        assertThat(text(message, "content")).isEqualTo(text(message, "text"));
        assertThat(facts(message).get(0))
                .containsEntry("what", "crash-loop")
                .containsEntry("status", "problem")
                .containsEntry("container", "web")
                .containsEntry("exitCode", 137)
                .containsEntry("log", List.of("ready", "no space left"));
        assertThat(asked).containsExactly("%064x 10".formatted(1));
    }

    /** Mattermost refuses a {@code type} that does not begin with custom_, and Slack and it a channel that is not there. */
    @Test
    void hasNoFieldThatOneOfTheServicesTakesForSomethingElse() {
        assertThat(read(message(0, List.of(), 0, crashLoop(1, "web"))))
                .doesNotContainKeys("type", "channel", "username", "props", "priority", "attachments", "embeds", "tag");
    }

    /**
     * The limits are those that the services publish: Discord's content has 2,000 characters, Slack's text should have no
     * more than 4,000, ntfy's message has 4,096 bytes, and its template reads 32,768 of JSON.
     */
    @Test
    void nothingIsLongerThanTheServicesTakeIt() {
        List<String> log = IntStream.range(0, 100)
                .mapToObj(i -> "😀 ü line " + i + " " + "ж".repeat(900))
                .toList();
        Notice[] notices = IntStream.range(0, 80)
                .mapToObj(i -> crashLoop(i, "w😀b-".repeat(20) + i))
                .toArray(Notice[]::new);
        Notice endless = crashLoop(1, "\u007f\"\\".repeat(1300));

        for (Message message : List.of(
                message(100, log, 3, crashLoop(1, "web")),
                message(100, log, 3, notices),
                message(100, log, 3, endless))) {
            for (String field : List.of("text", "content", "body")) {
                assertThat(text(message, field)).hasSizeLessThanOrEqualTo(2_000);
                assertThat(text(message, field).getBytes(UTF_8)).hasSizeLessThanOrEqualTo(4_096);
            }
            assertThat(text(message, "title")).hasSizeLessThanOrEqualTo(400);
            assertThat(message.json().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(32_768);
        }
        assertThat(text(message(100, log, 0, crashLoop(1, "web")), "text")).endsWith("\n```");
    }

    @Test
    void whatWouldBeTooLongLosesItsLogsFirstAndThenFacts() {
        List<String> log = Collections.nCopies(100, "x".repeat(900));
        Notice[] notices = IntStream.range(0, 50)
                .mapToObj(i -> crashLoop(i, "web-" + "y".repeat(500) + i))
                .toArray(Notice[]::new);

        Message logged = message(100, log, 0, crashLoop(1, "web"));
        Message many = message(0, log, 0, notices);

        assertThat(facts(logged))
                .hasSize(1)
                .first()
                .satisfies(fact ->
                        assertThat(fact).containsEntry("container", "web").doesNotContainKey("log"));
        assertThat(text(logged, "body")).endsWith("\n" + "x".repeat(900));
        assertThat(facts(many)).hasSizeBetween(10, 40);
        assertThat(read(many)).containsEntry("more", 50 - facts(many).size());
    }

    @Test
    void theLastLinesOfALogAreThoseThatFit() {
        List<String> log = IntStream.range(0, 100)
                .mapToObj(i -> "line " + i + " " + "x".repeat(100))
                .toList();

        assertThat(text(message(100, log, 0, crashLoop(1, "web")), "body"))
                .contains("line 99 ")
                .doesNotContain("line 50 ");
        assertThat(facts(message(100, log, 0, crashLoop(1, "web"))).get(0).get("log"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(100);
    }

    @Test
    void whatAContainerWritesActsOnNobody() {
        Message message = message(
                10, List.of("\u001b[31mred\u001b[0m \u202e @everyone <!channel> ``` @here"), 0, crashLoop(1, "web"));

        assertThat(message.json()).isPrintable().isASCII();
        assertThat(text(message, "text"))
                .contains("\\u001b[31mred")
                .doesNotContain("@everyone", "@here", "<!channel>", "``` ");
        assertThat(read(message)).containsEntry("allowed_mentions", Map.of("parse", List.of()));
    }

    @Test
    void manyAreFiftyAndACount() {
        Notice[] notices =
                IntStream.range(0, 80).mapToObj(i -> crashLoop(i, "web-" + i)).toArray(Notice[]::new);

        Message message = message(5, List.of("line"), 0, notices);

        assertThat(facts(message)).hasSize(50);
        assertThat(read(message)).containsEntry("more", 30);
        assertThat(text(message, "title"))
                .isEqualTo("web-0: crash-loop, web-1: crash-loop, web-2: crash-loop, 77 more on box");
        assertThat(asked).hasSize(5);
    }

    @Test
    void whatWasNotDeliveredIsTold() {
        assertThat(text(message(0, List.of(), 1, crashLoop(1, "web")), "body"))
                .endsWith("\n1 message before this could not be delivered");
        assertThat(read(message(0, List.of(), 2, crashLoop(1, "web")))).containsEntry("dropped", 2);
    }

    @Test
    void whatWasLeftOutIsTold() {
        Message message = message(0, List.of(), 0, crashLoop(1, "web").withLeftOut(7));

        assertThat(text(message, "body")).endsWith(", 7 more about it within the last hour not told]");
        assertThat(facts(message).get(0)).containsEntry("leftOut", 7);
    }

    @Test
    void noLogIsAskedForOfARecoveryNorIfNobodyWantsIt() {
        Notice up = notice(Notice.Status.RECOVERY, "up", Optional.of(container(1, "web")), "web: running again");

        assertThat(facts(message(10, List.of("line"), 0, up)).get(0)).doesNotContainKey("log");
        assertThat(facts(message(0, List.of("line"), 0, crashLoop(1, "web"))).get(0))
                .doesNotContainKey("log");
        assertThat(asked).isEmpty();
    }

    @Test
    void theSeverityIsThatOfTheGravest() {
        Notice failed = notice(Notice.Status.PROBLEM, "failed", Optional.of(container(2, "api")), "api: start failed");
        Notice up = notice(Notice.Status.RECOVERY, "up", Optional.of(container(1, "web")), "web: running again");
        Notice held = notice(Notice.Status.NOTE, "held", Optional.of(container(1, "web")), "web: held");

        assertThat(Composer.severity(List.of(failed, up, crashLoop(3, "db")))).isEqualTo("failure");
        assertThat(Composer.severity(List.of(failed, up))).isEqualTo("warning");
        assertThat(Composer.severity(List.of(up))).isEqualTo("success");
        assertThat(Composer.severity(List.of(up, held))).isEqualTo("info");
    }

    @Test
    void programsHaveTheFirstFactInTheirEnvironment() {
        assertThat(message(1, List.of("line"), 0, crashLoop(1, "web"), crashLoop(2, "api"))
                        .variables())
                .containsEntry("WATCHDOG_WHAT", "crash-loop")
                .containsEntry("WATCHDOG_STATUS", "problem")
                .containsEntry("WATCHDOG_CONTAINER", "web")
                .containsEntry("WATCHDOG_IMAGE", "shop/web:7")
                .containsEntry("WATCHDOG_EXIT_CODE", "137")
                .containsEntry("WATCHDOG_SIGNAL", "SIGKILL")
                .containsEntry("WATCHDOG_HOST", "box")
                .containsEntry("WATCHDOG_SEVERITY", "failure")
                .containsEntry("WATCHDOG_TITLE", "web: crash-loop, api: crash-loop on box")
                .containsKey("WATCHDOG_BODY")
                .doesNotContainKey("WATCHDOG_LOG");
    }
}
