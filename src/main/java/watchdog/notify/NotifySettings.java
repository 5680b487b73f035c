package watchdog.notify;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who is told, and what.
 *
 * @param authorities a file of certificates in PEM that webhooks are trusted by, too
 * @param programs that are run
 * @param logLines how many of the last lines of a container's log are told with it; 0 for none
 */
public record NotifySettings(
        Selection selection, List<Webhook> webhooks, Optional<Path> authorities, List<Path> programs, int logLines) {

    /** That nobody is told. */
    public static final NotifySettings NONE =
            new NotifySettings(Selection.parse(Selection.PROBLEMS), List.of(), Optional.empty(), List.of(), 0);

    public NotifySettings {
        webhooks = List.copyOf(webhooks);
        programs = List.copyOf(programs);
    }

    /** Whether nobody is told. */
    public boolean isEmpty() {
        return webhooks.isEmpty() && programs.isEmpty();
    }

    /** Whether somebody is told who is reached over a network. */
    public boolean needsNetwork() {
        return !webhooks.isEmpty();
    }
}
