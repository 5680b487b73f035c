package watchdog.policy;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The containers to keep running, by name.
 *
 * @param listed at least one of these matches
 * @param excluded and none of these
 */
public record WatchList(List<NamePattern> listed, List<NamePattern> excluded) {

    public boolean covers(String name) {
        return !name.isEmpty() && anyMatches(listed, name) && !anyMatches(excluded, name);
    }

    /** Whether no name at all can be covered, because all that is listed is excluded. */
    public boolean isEmpty() {
        return listed.stream().allMatch(this::isExcluded);
    }

    /** What is listed and matches none of those names, in the order of the list. */
    public Set<String> missingFrom(Collection<String> names) {
        return listed.stream()
                .filter(pattern -> names.stream().noneMatch(pattern::matches) && !isExcluded(pattern))
                .map(NamePattern::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Of globs only the plain cases are seen through. */
    private boolean isExcluded(NamePattern pattern) {
        String text = pattern.toString();
        return pattern.isGlob()
                ? excluded.stream().map(NamePattern::toString).anyMatch(not -> not.equals(text) || not.equals("*"))
                : anyMatches(excluded, text);
    }

    private static boolean anyMatches(List<NamePattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    @Override
    public String toString() {
        String names = joined(listed);
        return excluded.isEmpty() ? names : names + " but not " + joined(excluded);
    }

    private static String joined(List<NamePattern> patterns) {
        return patterns.stream().map(NamePattern::toString).collect(Collectors.joining(", "));
    }
}
