package watchdog.supervise;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import watchdog.host.AtomicFile;

/** What operators have stopped, remembered beyond watchdog's own end. */
public interface StopMemory {

    /** Remembers nothing. */
    StopMemory NONE = new StopMemory() {
        @Override
        public boolean recalls(String id, Instant finishedAt) {
            return false;
        }

        @Override
        public void remember(String id, Instant finishedAt) {}

        @Override
        public void forget(String id) {}

        @Override
        public Set<String> ids() {
            return new HashSet<>();
        }
    };

    /**
     * Refuses a path where there cannot be a state file, now or later.
     *
     * @throws IllegalArgumentException with what would be right
     */
    static void check(Path path) {
        if (path.toString().isEmpty()) {
            throw new IllegalArgumentException("name a file, or leave out --state to remember nothing");
        }
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException(
                    path + " is a folder; name a file in it, as in " + path.resolve("state.json"));
        }
        if (AtomicFile.isForeign(path)) {
            throw new IllegalArgumentException(path + " is a device, a pipe or a socket; name a regular file,"
                    + " or leave out --state to remember nothing");
        }
    }

    /** Whether an operator stopped that container, and it has not run since. */
    boolean recalls(String id, Instant finishedAt);

    /**
     * An operator has stopped that container.
     *
     * @param finishedAt by the engine's clock; tells this stop from any other
     */
    void remember(String id, Instant finishedAt);

    /** The container runs again, or is gone. */
    void forget(String id);

    /** Where it is kept, for people, or empty if nowhere. */
    default Optional<String> place() {
        return Optional.empty();
    }

    /** Ids of the containers that operators have stopped, as a set of the caller's own; on any thread. */
    Set<String> ids();

    /**
     * Writes what is not written yet, and ends. Stops that are remembered later are lost.
     *
     * @param patience how long to wait for that at the most, whatever hangs
     * @return whether all is kept
     */
    default boolean close(Duration patience) {
        return true;
    }
}
