package watchdog.policy;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The containers to keep running.
 *
 * @param listed at least one of these names matches,
 * @param labels or one of these labels,
 * @param excluded and none of these names
 */
public record WatchList(List<NamePattern> listed, List<LabelSelector> labels, List<NamePattern> excluded) {

    /** Whether a container of that name and with those labels is to be kept running. */
    public boolean covers(String name, Map<String, String> itsLabels) {
        return !name.isEmpty()
                && !anyMatches(excluded, name)
                && (anyMatches(listed, name) || anyMatches(labels, itsLabels));
    }

    /** Whether the list selects by a label of that name. */
    public boolean needs(String label) {
        for (LabelSelector selector : labels) {
            if (selector.key().equals(label)) {
                return true;
            }
        }
        return false;
    }

    /** Names of the labels that are looked for. */
    public Set<String> labelKeys() {
        return labels.stream().map(LabelSelector::key).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether no name at all can be covered, because all that is listed is excluded. */
    public boolean isEmpty() {
        return labels.isEmpty() && listed.stream().allMatch(this::isExcluded);
    }

    /** The names, globs and labels for which none of these containers is there, in the order of the list. */
    public Set<String> missingFrom(Collection<Container> watched) {
        Stream<String> names =
                listed.stream().filter(pattern -> !isExcluded(pattern)).map(NamePattern::toString);
        Stream<String> wanted = Stream.concat(names, labels.stream().map(WatchList::inWords));
        return wanted.filter(one -> firstFor(one, watched).isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The first of these containers that is there for a name, a glob or a label, as {@link #missingFrom} calls it. */
    public Optional<Container> firstFor(String wanted, Collection<Container> watched) {
        List<NamePattern> names =
                listed.stream().filter(name -> name.toString().equals(wanted)).toList();
        List<LabelSelector> selectors =
                labels.stream().filter(label -> inWords(label).equals(wanted)).toList();
        return watched.stream()
                .filter(container -> anyMatches(names, container.name())
                        || anyMatches(selectors, container.setup().labels()))
                .findFirst();
    }

    private static String inWords(LabelSelector label) {
        return "label " + label;
    }

    /** A glob counts as excluded only by the same glob or by {@code *}; whether others cover it is not computed. */
    private boolean isExcluded(NamePattern pattern) {
        String text = pattern.toString();
        return pattern.isGlob()
                ? excluded.stream().map(NamePattern::toString).anyMatch(not -> not.equals(text) || not.equals("*"))
                : anyMatches(excluded, text);
    }

    // Loops, for each container is asked about at each pass: with streams this was a twentieth of a pass.

    private static boolean anyMatches(List<NamePattern> patterns, String name) {
        for (NamePattern pattern : patterns) {
            if (pattern.matches(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyMatches(List<LabelSelector> selectors, Map<String, String> itsLabels) {
        for (LabelSelector selector : selectors) {
            if (selector.matches(itsLabels)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        Stream<String> names = listed.stream().map(NamePattern::toString);
        Stream<String> byLabel = labels.stream().map(WatchList::inWords);
        String watched = Stream.concat(names, byLabel).collect(Collectors.joining(", "));
        String not = excluded.stream().map(NamePattern::toString).collect(Collectors.joining(", "));
        return not.isEmpty() ? watched : watched + " but not " + not;
    }
}
