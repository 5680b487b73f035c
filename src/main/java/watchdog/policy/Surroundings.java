package watchdog.policy;

/**
 * What a decision needs to know beside the container itself.
 *
 * @param engineAnswers whether there is an engine to ask
 * @param eventsTold whether it tells its events
 * @param areProvidersReady whether nothing is being done, nor about to be, with those whose namespaces it joins
 * @param hasPlace whether there is a place for one more start or restart
 * @param isReplaced whether there is another container of the name that this one has but for compose's prefix
 * @param holds that an operator has put on containers
 * @param random from 0 to 1, for the wait after a try that ends now
 */
public record Surroundings(
        boolean engineAnswers,
        boolean eventsTold,
        boolean areProvidersReady,
        boolean hasPlace,
        boolean isReplaced,
        Holds holds,
        double random) {}
