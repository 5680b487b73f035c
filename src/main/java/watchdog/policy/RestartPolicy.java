package watchdog.policy;

/** The rules: which container is started, and why. */
public final class RestartPolicy {

    /** Decides on what is known of the container, and on nothing else. */
    public Decision decide(Container container) {
        return switch (container.state()) {
            case EXITED -> new Decision.Start(exited(container));
            case CREATED -> new Decision.Leave("it has not run yet");
            case RUNNING -> new Decision.Leave("it is running");
            case PAUSED -> new Decision.Leave("somebody paused it");
            case RESTARTING -> new Decision.Leave("the engine is restarting it");
            case REMOVING -> new Decision.Leave("it is being removed");
            case DEAD -> new Decision.Leave("its removal failed");
            case UNKNOWN -> new Decision.Leave("its state is not known");
        };
    }

    private static String exited(Container container) {
        return container.exitCode().isPresent()
                ? "it exited with code " + container.exitCode().getAsInt()
                : "it exited";
    }
}
