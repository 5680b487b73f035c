package watchdog.supervise;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.host.AtomicFile;
import watchdog.policy.Container;

/**
 * Remembers in a file what operators have stopped. A file that cannot be understood is set aside. If it cannot be written, or
 * another watchdog uses it, stops are forgotten when watchdog ends, and nothing else is affected. A thread of its own writes
 * it, so that nobody waits for a disk.
 */
public final class StateFile implements StopMemory {

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Path path;
    private final AtomicFile file;
    private final BackgroundWriter writer;

    /** By container id. The loop's thread changes it while the writer's reads it, or adds what was read late. */
    private final Map<String, Instant> stopped = new ConcurrentHashMap<>();

    /** Whether the file is locked, and what it said is known. The writer's own, as all below. */
    private boolean begun;

    /** Why it cannot be written, as told last, or empty. */
    private String problem = "";

    private StateFile(Path path, AtomicFile.Force force, Duration retryAfter) {
        this.path = path;
        this.file = new AtomicFile(path, force);
        this.writer = new BackgroundWriter("state file", this::write, retryAfter);
    }

    /**
     * Goes on with what the file says; begins anew if it says nothing that makes sense, and without it while another
     * watchdog uses it.
     */
    public static StateFile open(Path path) {
        return open(path, written -> written.force(true), RETRY);
    }

    static StateFile open(Path path, AtomicFile.Force force, Duration retryAfter) {
        StateFile opened = new StateFile(path, force, retryAfter);
        try {
            opened.begin();
        } catch (AtomicFile.InUseException e) {
            opened.cannotWrite(e);
        } catch (IOException e) {
            opened.readIfPossible();
            opened.cannotWrite(e);
        }
        opened.writer.start();
        return opened;
    }

    /** Only reads what the file says, for somebody who does not write it: without a lock, for it is always whole. */
    public static StopMemory peek(Path path) {
        StateFile peeked = new StateFile(path, written -> {}, RETRY);
        peeked.readIfPossible();
        return peeked;
    }

    private void readIfPossible() {
        try {
            read();
        } catch (IOException e) {
            LOG.debug("state file {}: cannot be read ({})", path, reason(e));
        }
    }

    /** Locks and reads the file; until that has succeeded nothing is written. */
    private void begin() throws IOException {
        if (begun) {
            return;
        }
        file.lock();
        try {
            read();
        } catch (NoSuchFileException none) {
            LOG.debug("state file {}: not there yet", path);
        } catch (StateFormat.MalformedStateException e) {
            setAside(e);
        } catch (IOException e) {
            throw new AtomicFile.ObstacleException("it cannot be read: " + reason(e));
        }
        begun = true;
    }

    private void read() throws IOException {
        Map<String, String> entries = StateFormat.parse(file.read(StateFormat.MOST_BYTES + 1));
        int skipped = 0;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            try {
                Instant finishedAt = Instant.parse(entry.getValue());
                if (Container.isId(entry.getKey())) {
                    stopped.putIfAbsent(entry.getKey(), finishedAt);
                } else {
                    skipped++;
                }
            } catch (DateTimeException e) {
                skipped++;
            }
        }
        if (skipped > 0) {
            LOG.warn(
                    "state file {}: skips {} of its {} stops, which lack an id or a time",
                    path,
                    skipped,
                    entries.size());
        }
    }

    private void setAside(StateFormat.MalformedStateException why) throws IOException {
        try {
            Path aside = file.setAside();
            LOG.warn("state file {}: {}; moved to {}, beginning a new one", path, why.getMessage(), aside);
        } catch (IOException e) {
            throw new AtomicFile.ObstacleException(why.getMessage() + ", and it cannot be moved away: " + reason(e));
        }
    }

    @Override
    public Optional<String> place() {
        return Optional.of(path.toString());
    }

    @Override
    public boolean recalls(String id, Instant finishedAt) {
        return finishedAt.equals(stopped.get(id));
    }

    @Override
    public void remember(String id, Instant finishedAt) {
        if (!finishedAt.equals(stopped.put(id, finishedAt))) {
            writer.changed();
        }
    }

    @Override
    public void forget(String id) {
        if (stopped.remove(id) != null) {
            writer.changed();
        }
    }

    @Override
    public Set<String> ids() {
        return new HashSet<>(stopped.keySet());
    }

    @Override
    public boolean close(Duration patience) {
        boolean written = writer.close(patience);
        if (written) {
            unlock();
        }
        return written;
    }

    private void unlock() {
        try {
            file.unlock();
        } catch (IOException e) {
            LOG.debug("state file {}: cannot be unlocked ({})", path, reason(e));
        }
    }

    /** On the writer's thread. */
    private boolean write() {
        try {
            begin();
            byte[] text = StateFormat.text(stopped);
            file.replace(out -> out.write(text));
        } catch (IOException | RuntimeException e) {
            cannotWrite(e);
            return false;
        }
        if (!problem.isEmpty()) {
            problem = "";
            LOG.info("state file {}: can be written now", path);
        }
        return true;
    }

    private void cannotWrite(Exception e) {
        String why = reason(e);
        if (!why.equals(problem)) {
            problem = why;
            LOG.warn("state file {}: cannot be written ({}); stops are forgotten when watchdog ends", path, why);
        }
    }

    private static String reason(Exception e) {
        if (e instanceof AtomicFile.InUseException) {
            return "another watchdog uses it";
        }
        return e instanceof AtomicFile.ObstacleException ? String.valueOf(e.getMessage()) : e.toString();
    }
}
