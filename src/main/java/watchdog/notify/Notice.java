package watchdog.notify;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import watchdog.policy.Container;
import watchdog.report.FactKind;

/**
 * Something that may be told: a fact, or what ends a problem.
 *
 * @param why as of {@link watchdog.report.FactFields}, or empty
 * @param text a line that is complete in itself
 * @param fields for programs: texts, numbers, truth values, and lists of texts
 * @param leftOut how many other ones about the same were not told since the last that was
 */
record Notice(
        Status status,
        FactKind what,
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

    /** What ends which problems. */
    private static final Map<FactKind, Set<FactKind>> ENDS = Map.of(
            FactKind.UP,
                    Set.of(
                            FactKind.FAILED,
                            FactKind.WENT_DOWN,
                            FactKind.UNKNOWN,
                            FactKind.GIVE_UP,
                            FactKind.NOT_INSPECTED),
            FactKind.CRASH_LOOP_OVER, Set.of(FactKind.CRASH_LOOP),
            FactKind.HEALTHY_AGAIN, Set.of(FactKind.RESTART),
            FactKind.NOT_NEEDED, Set.of(FactKind.RESTART),
            FactKind.ENGINE_FOUND, Set.of(FactKind.ENGINE_LOST),
            FactKind.EVENTS_FOUND, Set.of(FactKind.EVENTS_LOST),
            FactKind.RELOADED, Set.of(FactKind.RELOAD_REFUSED));

    /** Whether that kind is about something that goes on until another kind ends it. */
    static boolean isProblem(FactKind what) {
        FactKind problem = problem(what);
        return ENDS.values().stream().anyMatch(ended -> ended.contains(problem));
    }

    /** That there is no engine, and that it does not list, are one problem: one becomes the other. */
    private static FactKind problem(FactKind what) {
        return what == FactKind.LISTING_FAILED ? FactKind.ENGINE_LOST : what;
    }

    /** The problems that it ends, by their keys. */
    Set<String> ends() {
        return ENDS.getOrDefault(what, Set.of()).stream()
                .map(FactKind::toString)
                .collect(Collectors.toSet());
    }

    /** By what it is told from others about the same container: the problem, or the kind. */
    String key() {
        return status == Status.PROBLEM ? problem(what).toString() : "note " + what;
    }

    /** Whether that tells of the same problem for the same reason; the engine's reasons change while it starts. */
    boolean isLike(Notice other) {
        return key().equals(other.key()) && (problem(what) == FactKind.ENGINE_LOST || why.equals(other.why));
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
