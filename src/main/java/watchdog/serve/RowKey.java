package watchdog.serve;

import java.util.Comparator;

/**
 * What decides where a row stands: the worst comes first.
 *
 * @param name as people know it
 * @param id tells the row from all others, and stays the same
 */
record RowKey(Condition condition, String name, String id) implements Comparable<RowKey> {

    private static final Comparator<RowKey> WORST_FIRST =
            Comparator.comparing(RowKey::condition).thenComparing(RowKey::name).thenComparing(RowKey::id);

    /** Of a container, by its fields in {@link watchdog.report.Board}. */
    static RowKey of(Fields container) {
        return new RowKey(Condition.of(container), container.text("name"), container.text("id"));
    }

    /** Of a name, glob or label on the list for which there is no container. */
    static RowKey ofMissing(String wanted) {
        return new RowKey(Condition.MISSING, wanted, "missing-" + wanted);
    }

    @Override
    public int compareTo(RowKey other) {
        return WORST_FIRST.compare(this, other);
    }
}
