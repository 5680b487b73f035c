package watchdog.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one container: a value, of which {@link Lifecycle} makes the next.
 *
 * @param id 64 hex digits
 * @param name its own, without a slash, or empty while that is not known
 * @param namedSince since when it is known by that name
 * @param setup how it was created; only its labels and the provider of its network before it was inspected
 * @param isInspected whether it was inspected ever, which tells more than a listing or an event does
 * @param isOpen whether an event left something open that is to be known before anything is done with it
 * @param knownSince since when this is known: what was asked for before says nothing about what is now
 * @param phase what it goes through itself
 * @param operation what watchdog is at with it, or null if nothing
 * @param attempts how often watchdog has tried to help
 * @param isOrphan whether a container whose namespace it joins is gone for good
 * @param wakeAt when to decide anew if nothing happens until then, or null
 */
public record Life(
        String id,
        String name,
        Instant namedSince,
        Setup setup,
        boolean isInspected,
        boolean isOpen,
        Instant knownSince,
        Phase phase,
        @Nullable Operation operation,
        Attempts attempts,
        boolean isOrphan,
        Telling telling,
        @Nullable Instant wakeAt) {

    private static final Pattern COMPOSE_REPLACES = Pattern.compile("[0-9a-f]{12}_(.+)");

    /** The life of a container of which only id, name and setup are known. */
    public static Life of(String id, String name, Setup setup, Instant now) {
        Phase unknown = new Elsewhere(ContainerState.UNKNOWN);
        return new Life(
                id,
                name,
                now,
                setup,
                false,
                false,
                Instant.MIN,
                unknown,
                null,
                Attempts.NONE,
                false,
                Telling.NONE,
                null);
    }

    /** The same, but that watchdog does nothing with it. */
    public Life withoutOperation() {
        return new Life(
                id,
                name,
                namedSince,
                setup,
                isInspected,
                isOpen,
                knownSince,
                phase,
                null,
                attempts,
                isOrphan,
                telling,
                wakeAt);
    }

    /** The container as it is at this moment, as far as is known. */
    public Container container() {
        return new Container(id, name, phase.status(), setup);
    }

    /** The plain name of what compose is replacing, or replaces it by, while it calls one of the two so; or empty. */
    public Optional<String> nameWithoutPrefix() {
        Matcher prefixed = COMPOSE_REPLACES.matcher(name);
        return prefixed.matches() ? Optional.of(prefixed.group(1)) : Optional.empty();
    }

    public ContainerState state() {
        return phase.status().state();
    }

    public boolean isDown() {
        return state() == ContainerState.EXITED || state() == ContainerState.CREATED;
    }

    /** Whether a stop was told, and it is not known yet whether an operator or the end of the engine was its cause. */
    public boolean isStopPending() {
        return phase instanceof Down down && down.isStopPending();
    }

    /** When it finished by an operator's stop that is sure, by the engine's clock, or null if none keeps it down. */
    public @Nullable Instant stoppedAt() {
        Cause.Proof proof = phase instanceof Down down ? down.stop() : null;
        if (proof instanceof Cause.Proof.Sure sure) {
            return sure.finishedAt();
        }
        return proof instanceof Cause.Proof.Doubted doubted ? doubted.finishedAt() : null;
    }

    /** Whether work on it is under way or about to begin: containers that join its namespaces wait for that. */
    public boolean isAwaited() {
        return operation != null || (state() == ContainerState.EXITED && (!isInspected || wakeAt != null));
    }
}
