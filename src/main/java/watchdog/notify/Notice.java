package watchdog.notify;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import watchdog.policy.Container;

/**
 * Something that may be told: a fact, or what ends a problem.
 *
 * @param what as of {@link watchdog.report.FactFields}
 * @param why as of {@link watchdog.report.FactFields}, or empty
 * @param text a line that is complete in itself
 * @param fields for programs: texts, numbers, truth values, and lists of texts
 * @param leftOut how many other ones about the same were not told since the last that was
 */
record Notice(
        Status status,
        String what,
        Optional<Container> container,
        String why,
        String text,
        Map<String, Object> fields,
        int leftOut) {

    /** What it means to who is told. */
    enum Status {
        /** Something is wrong from now on. */
        PROBLEM,
        /** What was wrong is not any more. */
        RECOVERY,
        /** Something has happened, and that is all. */
        NOTE
    }

    private static final String ENGINE = "engine";

    /** What ends which problems. */
    private static final Map<String, Set<String>> ENDS = Map.of(
            "up", Set.of("failed", "went-down", "unknown", "give-up", "not-inspected"),
            "crash-loop-over", Set.of("crash-loop"),
            "healthy-again", Set.of("restart"),
            "not-needed", Set.of("restart"),
            "engine-found", Set.of(ENGINE),
            "events-found", Set.of("events-lost"),
            "reloaded", Set.of("reload-refused"));

    /** Whether that kind is about something that goes on until another kind ends it. */
    static boolean isProblem(String what) {
        String problem = problem(what);
        return ENDS.values().stream().anyMatch(ended -> ended.contains(problem));
    }

    /** That there is no engine, and that it does not list, are one problem: one becomes the other. */
    private static String problem(String what) {
        return what.equals("engine-lost") || what.equals("listing-failed") ? ENGINE : what;
    }

    /** The problems that it ends. */
    Set<String> ends() {
        return ENDS.getOrDefault(what, Set.of());
    }

    /** By what it is told from others about the same container: the problem, or the kind. */
    String key() {
        return status == Status.PROBLEM ? problem(what) : "note " + what;
    }

    /** Whether that tells of the same problem for the same reason; the engine's reasons change while it starts. */
    boolean isLike(Notice other) {
        return key().equals(other.key()) && (key().equals(ENGINE) || why.equals(other.why));
    }

    /** Id of the container, or empty for the engine and watchdog itself. */
    String about() {
        return container.map(Container::id).orElse("");
    }

    /** The same as the end of a problem. */
    Notice asRecovery() {
        return new Notice(Status.RECOVERY, what, container, why, text, fields, leftOut);
    }

    Notice withLeftOut(int count) {
        return new Notice(status, what, container, why, text, fields, count);
    }
}
