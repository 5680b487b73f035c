package watchdog.supervise;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.engine.ApiJson;

/**
 * Remembers in a file what operators have stopped: a JSON object of {@code "watchdog": 1} and {@code "stopped"}, which
 * has the finish time of each stopped container by its id. A file that cannot be understood is set aside; one that
 * cannot be written costs the memory beyond watchdog's end, and nothing else.
 */
public final class StateFile implements StopMemory {

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private static final String VERSION = "watchdog";
    private static final String STOPPED = "stopped";

    private static final long LARGEST = 16 << 20;

    private final Path file;
    private final Map<String, Instant> stopped = new LinkedHashMap<>();

    /** Why it cannot be written, as told last, or empty. */
    private String problem = "";

    private StateFile(Path file) {
        this.file = file;
    }

    /** Goes on with what the file says; begins anew if it says nothing that makes sense. */
    public static StopMemory open(Path file) {
        StateFile opened = new StateFile(file);
        try {
            opened.read();
        } catch (NoSuchFileException none) {
            LOG.debug("state file {}: not there yet", file);
        } catch (MalformedStateException e) {
            opened.setAside(e.getMessage());
        } catch (IOException e) {
            LOG.warn("state file {}: cannot be read ({}); earlier stops are not known", file, e.toString());
        }
        if (!opened.obstacle().isEmpty()) {
            opened.cannotWrite(opened.obstacle());
        }
        return opened;
    }

    /** Only looks what the file says, for somebody who does not write it. */
    public static StopMemory peek(Path file) {
        StateFile peeked = new StateFile(file);
        try {
            peeked.read();
            return peeked;
        } catch (IOException e) {
            return StopMemory.NONE;
        }
    }

    /** The file was read and is not watchdog's. */
    private static final class MalformedStateException extends IOException {

        private static final long serialVersionUID = 1L;

        MalformedStateException(String message) {
            super(message);
        }
    }

    private void read() throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("not a regular file");
        }
        if (Files.exists(file) && Files.size(file) > LARGEST) {
            throw new MalformedStateException("it is not watchdog's");
        }
        byte[] content = Files.readAllBytes(file);
        try {
            parse(content);
        } catch (IOException | DateTimeException e) {
            stopped.clear();
            throw new MalformedStateException(String.valueOf(e.getMessage()));
        }
    }

    private void parse(byte[] text) throws IOException {
        Map<String, Object> content = ApiJson.read(text);
        if (!Integer.valueOf(1).equals(content.get(VERSION)) || !(content.get(STOPPED) instanceof Map<?, ?> entries)) {
            throw new IOException("it is not watchdog's");
        }
        entries.forEach((id, finishedAt) -> stopped.put(String.valueOf(id), Instant.parse(String.valueOf(finishedAt))));
    }

    private void setAside(@Nullable String why) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("state file {}: {}; moved to {}, beginning a new one", file, why, aside);
        } catch (IOException e) {
            LOG.warn("state file {}: {}; it cannot be moved away ({})", file, why, e.toString());
        }
    }

    @Override
    public boolean recalls(String id, Instant finishedAt) {
        return finishedAt.equals(stopped.get(id));
    }

    @Override
    public void remember(String id, Instant finishedAt) {
        if (!finishedAt.equals(stopped.put(id, finishedAt))) {
            write();
        }
    }

    @Override
    public void forget(String id) {
        if (stopped.remove(id) != null) {
            write();
        }
    }

    @Override
    public Set<String> ids() {
        return new HashSet<>(stopped.keySet());
    }

    /** First beside it and onto the disk, then in its place: at no moment is there half a file. */
    private void write() {
        if (!obstacle().isEmpty()) {
            cannotWrite(obstacle());
            return;
        }
        Map<String, String> entries = new LinkedHashMap<>();
        stopped.forEach((id, finishedAt) -> entries.put(id, finishedAt.toString()));
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            writeThrough(beside, ApiJson.written(Map.of(VERSION, 1, STOPPED, entries)) + "\n");
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (!problem.isEmpty()) {
                problem = "";
                LOG.info("state file {}: can be written now", file);
            }
        } catch (IOException e) {
            cannotWrite(e.toString());
        }
    }

    /** Why there cannot be such a file, or empty. */
    private String obstacle() {
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return "its folder is not there";
        }
        return Files.isWritable(folder) ? "" : "its folder is not to be written";
    }

    private void cannotWrite(String why) {
        if (!why.equals(problem)) {
            problem = why;
            LOG.warn("state file {}: cannot be written ({}); stops are forgotten when watchdog ends", file, why);
        }
    }

    private static void writeThrough(Path path, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
