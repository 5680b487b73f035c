package watchdog.serve;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import watchdog.report.Board;
import watchdog.report.Day;
import watchdog.report.History;
import watchdog.report.Span;

/**
 * The page that shows what is so now and the last day: as whole HTML, which needs no script. Its script asks for it again and
 * again, and changes what has changed; so it is the same as long as nothing happens, but for each full minute.
 */
public final class Page implements Resource {

    private static final Html.Template PAGE = Html.Template.read("page.html");

    /** Drawn once in the page, for it is the same in each row. */
    private static final Html UNSEEN = new Html.Template("<use href=\"#unseen\"></use>").filled(Map.of());

    /** As many as a browser shows with ease; the worst come first. */
    private static final int MOST_ROWS = 1000;

    private final String host;
    private final Board board;
    private final History history;
    private final InstantSource time;
    private final WallClock clock;

    /**
     * Makes one.
     *
     * @param host the name of this machine
     * @param board what is so now
     * @param time on the wall
     * @param zone in which the times are shown
     */
    public Page(String host, Board board, History history, InstantSource time, ZoneId zone) {
        this.host = host;
        this.board = board;
        this.history = history;
        this.time = time;
        this.clock = new WallClock(zone);
    }

    /** The page and the files that it loads, by their paths. */
    public Map<String, Resource> resources() {
        return Map.of(
                "/", this,
                "/page.css", file("page.css", "text/css; charset=utf-8"),
                "/page.js", file("page.js", "text/javascript; charset=utf-8"),
                "/icon.svg", file("icon.svg", "image/svg+xml"));
    }

    private static Resource file(String name, String type) {
        Content content = Content.of(type, PageFile.text(name));
        return () -> content;
    }

    @Override
    public Content get() {
        return Content.of("text/html; charset=utf-8", this::write);
    }

    /** Piece by piece: as a whole, and as text and as bytes, a thousand rows would be too much for a small heap. */
    private void write(OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        PAGE.write(values(), writer);
        writer.flush();
    }

    private Map<String, Object> values() {
        Fields fields = new Fields(board.fields());
        Instant now = time.instant();
        Day engine = history.ofEngine();
        List<RowKey> keys = Stream.concat(
                        fields.objects("containers").map(RowKey::of),
                        fields.texts("missing").stream().map(RowKey::ofMissing))
                .sorted()
                .toList();
        List<RowKey> shown = keys.subList(0, Math.min(keys.size(), MOST_ROWS));
        Headline headline = Headline.of(fields, board.sinceTurned(), keys);
        Row ofEngine = engineRow(fields, engine);
        Map<String, Object> values = new HashMap<>();
        values.put("host", host);
        values.put("headline", headline.text());
        values.put("look", headline.look().toString().toLowerCase(Locale.ROOT));
        values.put("version", fields.text("watchdog"));
        values.put("since", clock.since(Instant.parse(fields.text("since"))));
        values.put("offset", clock.offset(now));
        values.put("unseen", new DayLine(engine, now, clock).unseen());
        values.put("rows", rows(fields, shown).map(row -> row.html(day(row.key(), now))));
        values.put("engine", ofEngine.html(day(ofEngine.key(), engine, Html.NOTHING, now)));
        values.put(
                "shown",
                shown.size() == keys.size()
                        ? ""
                        : "Only the first " + MOST_ROWS + " of " + keys.size() + " are shown.");
        return values;
    }

    /** The rows of those keys; the fields of all containers would be too much for a small heap. */
    private Stream<Row> rows(Fields fields, List<RowKey> keys) {
        Set<RowKey> wanted = Set.copyOf(keys);
        Map<RowKey, Row> rows = fields.objects("containers")
                .filter(container -> wanted.contains(RowKey.of(container)))
                .map(container -> Row.of(container, clock))
                .collect(Collectors.toMap(Row::key, Function.identity()));
        return keys.stream().map(key -> rows.computeIfAbsent(key, Row::ofMissing));
    }

    private Html day(RowKey key, Instant now) {
        return key.condition() == Condition.MISSING ? Html.NOTHING : day(key, history.of(key.id()), UNSEEN, now);
    }

    private Html day(RowKey key, Day day, Html unseen, Instant now) {
        return new DayCell(key.name(), day, unseen, now, clock).html();
    }

    private Row engineRow(Fields board, Day day) {
        String name = board.text("engine");
        String problem = board.text("engineProblem");
        boolean isListed = !board.text("lastListing").isEmpty();
        List<Span> spans = day.spans();
        Condition condition = problem.isEmpty() ? (isListed ? Condition.UP : Condition.UNKNOWN) : Condition.DOWN;
        return new Row(
                new RowKey(condition, "Engine", "engine"),
                name,
                problem.isEmpty() ? (isListed ? "answers" : "not asked yet") : "does not list",
                List.of(),
                spans.isEmpty()
                        ? Html.NOTHING
                        : clock.since(spans.get(spans.size() - 1).from()),
                problem,
                problem.isEmpty() ? Html.NOTHING : Row.text("asked again all the time"));
    }
}
