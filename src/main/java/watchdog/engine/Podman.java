package watchdog.engine;

import watchdog.http.HttpResponse;

/** What is different where Podman answers instead of Docker: its own words, put into Docker's, and how it tells itself. */
final class Podman {

    /** A header that Podman puts into each answer, and Docker into none. */
    private static final String HEADER = "libpod-api-version";

    private Podman() {}

    /** Whether that answer is Podman's. */
    static boolean answers(HttpResponse response) {
        return response.header(HEADER) != null;
    }

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
