package watchdog.policy;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a running container has of the namespaces of others, its providers. Start times are compared by the engine's own clock,
 * which may be set back: so each start counts once, and one that an event told counts whatever the clock says.
 *
 * @param joined when those providers had been started whose namespaces it is known to have
 * @param lostAt when one of its providers was started anew, by the loop's clock, or null
 */
public record Namespaces(
        Map<String, Instant> joined, @Nullable Instant lostAt) {

    static final Namespaces NONE = new Namespaces(Map.of(), null);

    /** It has those of its providers as they were started then. */
    static Namespaces of(Map<String, Instant> starts) {
        return new Namespaces(Map.copyOf(starts), null);
    }

    Namespaces lostAt(@Nullable Instant when) {
        return new Namespaces(joined, when);
    }

    /**
     * Whether a provider was started anew since it was joined.
     *
     * @param starts when those providers that run were started
     * @param own when the container itself was started, or null where that is not known
     */
    boolean areLost(Map<String, Instant> starts, @Nullable Instant own) {
        return starts.entrySet().stream().anyMatch(start -> isAnew(start.getKey(), start.getValue(), own));
    }

    private boolean isAnew(String provider, Instant start, @Nullable Instant own) {
        Instant known = joined.get(provider);
        if (known != null) {
            return !known.equals(start);
        }
        return own != null && (lostAt != null || own.isBefore(start));
    }

    /** The same, after a comparison with its providers: what is told to be lost stays so until all were compared. */
    Namespaces compared(Map<String, Instant> starts, Instant own, Collection<String> providers, Instant now) {
        Map<String, Instant> known = new HashMap<>(joined);
        starts.forEach((provider, start) -> {
            if (!isAnew(provider, start, own)) {
                known.put(provider, start);
            }
        });
        boolean isOpen = lostAt != null && !starts.keySet().containsAll(providers);
        boolean isLost = areLost(starts, own) || isOpen;
        return new Namespaces(Map.copyOf(known), !isLost ? null : lostAt == null ? now : lostAt);
    }
}
