package watchdog.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.policy.DurationText;
import watchdog.policy.Hold;
import watchdog.policy.Holds;
import watchdog.policy.NamePattern;

/**
 * The folder in which each file is a {@link Hold} of the containers that it is called like. Its text is when the hold ends, a
 * time ({@code 2026-11-27T12:00:00Z}) or a duration from when the file was last changed, or nothing.
 */
public record HoldFolder(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    /** In bytes: no time and no duration is longer. */
    private static final int LONGEST_TEXT = 100;

    /** That of a run folder. */
    public static HoldFolder of(RunFolder run) {
        return new HoldFolder(run.holds());
    }

    /**
     * The holds there are; none where there is no such folder.
     *
     * @throws IOException if the folder cannot be read
     */
    public Holds read(Instant now) throws IOException {
        try {
            return new Holds(
                    files().values().stream().filter(hold -> !hold.isOver(now)).toList());
        } catch (NoSuchFileException e) {
            return Holds.NONE;
        }
    }

    /**
     * Removes the holds whose time is over.
     *
     * @throws IOException if the folder cannot be read
     */
    void removeOver(Instant now) throws IOException {
        for (Map.Entry<Path, Hold> file : files().entrySet()) {
            if (file.getValue().isOver(now)) {
                try {
                    Files.deleteIfExists(file.getKey());
                } catch (IOException e) {
                    LOG.debug("{}: is over, and cannot be removed: {}", file.getKey(), e.toString());
                }
            }
        }
    }

    /** Each file that is a hold, in the order of their names. */
    private Map<Path, Hold> files() throws IOException {
        Map<Path, Hold> holds = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            files.forEach(file -> hold(file).ifPresent(hold -> holds.put(file, hold)));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return holds;
    }

    /** None for what has no container's name, as the file of an editor, or is gone again. */
    private static Optional<Hold> hold(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            NamePattern pattern = NamePattern.parse(name);
            return pattern.toString().equals(name) ? Optional.of(hold(file, pattern)) : Optional.empty();
        } catch (IllegalArgumentException | NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Hold hold(Path file, NamePattern pattern) throws NoSuchFileException {
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return endless(pattern, "it is not a regular file");
            }
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                String text = new String(in.readNBytes(LONGEST_TEXT), UTF_8).strip();
                return text.isEmpty() ? endless(pattern, null) : new Hold(pattern, until(text, changed), null);
            }
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            return endless(pattern, String.valueOf(e.getMessage()));
        }
    }

    /** It ends when somebody removes the file. */
    private static Hold endless(NamePattern pattern, @Nullable String problem) {
        return new Hold(pattern, null, problem);
    }

    private static Instant until(String text, Instant changed) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            try {
                return changed.plus(DurationText.parse(text));
            } catch (DateTimeException | ArithmeticException tooLate) {
                throw new IllegalArgumentException("'" + text + "' from " + changed + " on is no time", tooLate);
            } catch (IllegalArgumentException notEither) {
                throw new IllegalArgumentException(
                        "'" + text + "' is neither a time, as 2026-11-27T12:00:00Z, nor a duration, as 30m", notEither);
            }
        }
    }

    /**
     * Holds what is called so, in place of a hold of that name that is there already.
     *
     * @param until when that ends, or empty if somebody has to release it
     * @throws IOException if the file cannot be written
     */
    public void hold(NamePattern pattern, Optional<Instant> until) throws IOException {
        expectFolder();
        // By another name at first, for it is to be seen whole; a dot begins no container's name.
        Path unfinished = Files.createTempFile(path, ".", ".new");
        try {
            Files.writeString(unfinished, until.map(end -> end + "\n").orElse(""));
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-rw-r--"));
            Files.move(unfinished, path.resolve(pattern.toString()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Removes the hold of that name.
     *
     * @return whether there was one
     * @throws IOException if the file cannot be removed
     */
    public boolean release(NamePattern pattern) throws IOException {
        expectFolder();
        return Files.deleteIfExists(path.resolve(pattern.toString()));
    }

    /** Not by asking whether it exists, which it seems not to for whom may not see it. */
    private void expectFolder() throws IOException {
        BasicFileAttributes unused = Files.readAttributes(path, BasicFileAttributes.class);
    }

    /** Names of the holds of what is called so, by other names than its own. */
    public List<String> others(NamePattern pattern, Instant now) throws IOException {
        List<String> names = new ArrayList<>();
        for (Hold hold : read(now).all()) {
            if (hold.pattern().matches(pattern.toString()) && !hold.pattern().equals(pattern)) {
                names.add(hold.pattern().toString());
            }
        }
        return names;
    }
}
