package watchdog.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong, in words.
 *
 * @param text one or more sentences
 */
record Headline(String text, Condition.Look look) {

    /** So many names are said, for there may be as many as containers. */
    private static final int MOST_NAMES = 5;

    /**
     * Of all that is watched.
     *
     * @param sinceTurned how long ago the loop has turned last
     * @param rows the worst first
     */
    static Headline of(Fields board, Duration sinceTurned, List<RowKey> rows) {
        if (sinceTurned.compareTo(Health.LATE) > 0) {
            return new Headline("Watchdog itself is stuck: what is below may not be so any more.", Condition.Look.BAD);
        }
        String problem = board.text("engineProblem");
        if (!problem.isEmpty()) {
            return new Headline(
                    "The engine does not list its containers: " + problem + ". What is below was so before.",
                    Condition.Look.BAD);
        }
        if (board.text("lastListing").isEmpty()) {
            return new Headline("No containers listed yet.", Condition.Look.OFF);
        }
        List<String> troubles = new ArrayList<>();
        for (Condition condition : Condition.values()) {
            List<String> names = rows.stream()
                    .filter(row -> row.condition() == condition && condition.isTrouble())
                    .map(RowKey::name)
                    .toList();
            if (!names.isEmpty()) {
                troubles.add(condition.words() + ": " + listed(names) + ".");
            }
        }
        if (!troubles.isEmpty()) {
            Condition.Look worst = rows.get(0).condition().look();
            return new Headline(String.join(" ", troubles), worst);
        }
        return rows.isEmpty()
                ? new Headline("There is nothing to watch.", Condition.Look.OFF)
                : new Headline("All is well: each is up, or left as the rules have it.", Condition.Look.GOOD);
    }

    private static String listed(List<String> names) {
        String some = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMES;
        return more > 0 ? some + " and " + more + " more" : some;
    }
}
