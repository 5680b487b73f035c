package watchdog.policy;

/** What is to be done with a container. */
public sealed interface Decision {

    /** Why, in words that complete "… because …". */
    String reason();

    /** Nothing. */
    record Leave(String reason) implements Decision {}

    /** To start it now. */
    record Start(String reason) implements Decision {}
}
