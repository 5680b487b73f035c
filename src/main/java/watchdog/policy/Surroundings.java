package watchdog.policy;

import org.jspecify.annotations.Nullable;

/**
 * What a decision needs to know beside the container itself.
 *
 * @param engineAnswers whether there is an engine to ask
 * @param eventsTold whether it tells its events
 * @param areProvidersReady whether nothing is being done, nor about to be, with those whose namespaces it joins
 * @param hasPlace whether there is a place for one more start or restart
 * @param isReplaced whether there is another container of the name that this one has but for compose's prefix
 * @param predecessor that compose starts before it, and that is not up yet, or null
 * @param holds that an operator has put on containers
 * @param random from 0 to 1, for the wait after a try that ends now
 */
public record Surroundings(
        boolean engineAnswers,
        boolean eventsTold,
        boolean areProvidersReady,
        boolean hasPlace,
        boolean isReplaced,
        @Nullable Predecessor predecessor,
        Holds holds,
        double random) {

    /** No engine to ask, and nothing else that would have to be known. */
    public static final Surroundings NONE = new Surroundings(false, false, true, false, false, null, Holds.NONE, 0);

    /** The same, but these holds. */
    public Surroundings with(Holds others) {
        return new Surroundings(
                engineAnswers, eventsTold, areProvidersReady, hasPlace, isReplaced, predecessor, others, random);
    }

    /** The same, but whether it is replaced. */
    public Surroundings replaced(boolean whether) {
        return new Surroundings(
                engineAnswers, eventsTold, areProvidersReady, hasPlace, whether, predecessor, holds, random);
    }
}
