package watchdog.notify;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import watchdog.report.FactKind;

/**
 * Sends a test message to each target, one after the other, once.
 *
 * @param host as of {@link Notifier#begin}
 * @param version as of {@link Notifier#begin}
 * @param json as of {@link Notifier#begin}
 */
public record NotifyTest(String host, String version, Function<Object, String> json) {

    /**
     * Sends it.
     *
     * @param out takes a line about each target
     * @return whether all took it
     */
    public boolean run(NotifySettings settings, Consumer<String> out) throws InterruptedException {
        List<Target> targets;
        try {
            targets = Notifier.targets(settings);
        } catch (IOException e) {
            out.accept("--webhook-ca: " + e.getMessage());
            return false;
        }
        boolean isTaken = true;
        for (Target target : targets) {
            Answer answer = target.deliver(message());
            out.accept(target.name() + ": " + answer.words());
            isTaken &= answer.kind() == Answer.Kind.TAKEN;
        }
        return isTaken;
    }

    private Message message() {
        Instant now = Instant.now();
        String text = "this is a test, nothing has happened";
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", FactKind.TEST.toString());
        fields.put("at", now.toString());
        fields.put("message", text);
        Notice notice = new Notice(Notice.Status.NOTE, FactKind.TEST, Optional.empty(), "", text, fields, 0);
        return new Composer(host, version, 0, (id, count) -> List.of(), json).message(List.of(notice), 0, now);
    }
}
