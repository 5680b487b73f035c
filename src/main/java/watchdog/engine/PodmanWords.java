package watchdog.engine;

/** Words that Podman's Docker API has of its own, put into Docker's. */
final class PodmanWords {

    private PodmanWords() {}

    /** What happens to a container. */
    static String action(String word) {
        return switch (word) {
            case "died" -> "die";
            case "remove" -> "destroy";
            default -> word;
        };
    }

    /** What a container does; {@code stopped} is what has ended and is not yet cleaned up. */
    static String state(String word) {
        return word.equals("stopped") ? "exited" : word;
    }
}
