package watchdog.serve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import watchdog.policy.Container;

/**
 * A row of the table.
 *
 * @param detail about the name, or empty
 * @param state in one or two words
 * @param tags what else is so, in a few words each
 * @param since since when it is in that state, or nothing
 * @param why it is so
 * @param next what comes next, or nothing
 */
record Row(RowKey key, String detail, String state, List<String> tags, Html since, String why, Html next) {

    private static final Html.Template ROW = Html.Template.read("row.html");
    private static final Html.Template TAG = new Html.Template(" <em>${tag}</em>");
    private static final Html.Template TEXT = new Html.Template("${text}");
    private static final Html.Template NEXT_TRY = new Html.Template("next try ${time}");
    private static final Html.Template HELD = new Html.Template("nothing, it is held until ${time}");

    /** Of a container, by its fields in {@link watchdog.report.Board}. */
    static Row of(Fields container, WallClock clock) {
        String id = container.text("id");
        String health = container.text("health");
        String since = container.text("since");
        return new Row(
                RowKey.of(container),
                Container.shortId(id),
                container.text("state") + (health.isEmpty() ? "" : " (" + health + ")"),
                tags(container),
                since.isEmpty() ? Html.NOTHING : clock.since(Instant.parse(since)),
                container.text("why"),
                next(container, clock));
    }

    private static List<String> tags(Fields container) {
        List<String> tags = new ArrayList<>();
        if (container.is("givenUp")) {
            tags.add("given up");
        }
        if (container.is("crashLoop")) {
            tags.add("crash loop");
        }
        if (container.is("held")) {
            tags.add("held");
        }
        return tags;
    }

    private static Html next(Fields container, WallClock clock) {
        String doing = container.text("doing");
        String nextTry = container.text("nextTry");
        String heldUntil = container.text("heldUntil");
        if (!doing.isEmpty()) {
            return text("under way: " + doing);
        }
        if (!nextTry.isEmpty()) {
            return NEXT_TRY.filled(Map.of("time", clock.until(Instant.parse(nextTry))));
        }
        if (container.is("givenUp")) {
            return text("nothing, until somebody starts it or creates it anew; docker logs " + container.text("name")
                    + " may tell why");
        }
        if (!heldUntil.isEmpty()) {
            return HELD.filled(Map.of("time", clock.until(Instant.parse(heldUntil))));
        }
        if (container.is("held")) {
            return text("nothing, until it is released");
        }
        String action = container.text("action");
        return action.equals("leave") ? Html.NOTHING : text(action + " now");
    }

    /** Of something for which there is no container. */
    static Row ofMissing(RowKey missing) {
        return new Row(
                missing, "", "missing", List.of(), Html.NOTHING, "there is no such container", text("waiting for one"));
    }

    static Html text(String text) {
        return TEXT.filled(Map.of("text", text));
    }

    /** The row, with that cell for the day. */
    Html html(Html day) {
        return ROW.filled(Map.of(
                "key",
                key.id(),
                "look",
                key.condition().look().toString().toLowerCase(Locale.ROOT),
                "name",
                key.name(),
                "detail",
                detail,
                "state",
                state,
                "tags",
                Html.joined(tags.stream().map(tag -> TAG.filled(Map.of("tag", tag)))),
                "since",
                since,
                "why",
                why,
                "next",
                next,
                "day",
                day));
    }
}
