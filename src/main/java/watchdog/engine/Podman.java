package watchdog.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import watchdog.http.HttpResponse;

/** What is different where Podman answers instead of Docker: how it tells itself, its own words, and what it has beside that. */
final class Podman {

    /** A header that Podman puts into each answer, and Docker into none: its own version. */
    private static final String HEADER = "libpod-api-version";

    private static final Pattern VERSION = Pattern.compile("([0-9]{1,3})\\..*");

    /** The first major version all of whose releases tell, when asked, that a container was stopped, and know it before it is down. */
    private static final int FIRST_TO_TELL_OF_STOPS = 5;

    private Podman() {}

    /** Whether that answer is Podman's. */
    static boolean answers(HttpResponse response) {
        return response.header(HEADER) != null;
    }

    /**
     * Whether Podman gives that answer and tells, when asked about a container that is down, whether somebody stopped it
     * ({@code StoppedByUser}, containers/podman#19889).
     */
    static boolean tellsOfStops(HttpResponse response) {
        String version = response.header(HEADER);
        Matcher matcher = VERSION.matcher(version == null ? "" : version);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) >= FIRST_TO_TELL_OF_STOPS;
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
