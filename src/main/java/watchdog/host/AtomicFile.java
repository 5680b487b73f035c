package watchdog.host;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A regular file, or none yet, that is replaced as a whole, by one process at a time. Used by one thread at a time. */
public final class AtomicFile {

    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private static final String LOCK = ".lock";

    /** Brings onto the disk what was written to a file. */
    @FunctionalInterface
    public interface Force {
        void force(FileChannel written) throws IOException;
    }

    /** Writes all that is to be in a file, and need not close it. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The file is not to be touched, or cannot be there; the message says why. */
    public static final class ObstacleException extends IOException {

        private static final long serialVersionUID = 1L;

        public ObstacleException(String message) {
            super(message);
        }
    }

    /** Another process has locked the file. */
    public static final class InUseException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    private final Path path;
    private final Force force;
    private final @Nullable Set<PosixFilePermission> permissions;

    /** The file that the links at the path led to when it was locked; null until then. */
    private @Nullable Path target;

    private @Nullable FileChannel lock;

    /** One with the permissions that the mask of the process leaves. */
    public AtomicFile(Path path, Force force) {
        this(path, force, null);
    }

    /**
     * Makes one.
     *
     * @param permissions of it and of its lock, whatever the mask of the process, or null for what that leaves
     */
    AtomicFile(Path path, Force force, @Nullable Set<PosixFilePermission> permissions) {
        this.path = path;
        this.force = force;
        this.permissions = permissions;
    }

    /**
     * Whether a process has it locked.
     *
     * @throws IOException if that cannot be seen
     */
    static boolean isLocked(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(beside(path, LOCK), READ);
                FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return shared == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (OverlappingFileLockException e) {
            // Then it is this process.
            return true;
        }
    }

    private void permit(Path made) throws IOException {
        if (permissions != null) {
            Files.setPosixFilePermissions(made, permissions);
        }
    }

    /** Whether there is something that is not a regular file, and does not lead to one. */
    public static boolean isForeign(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path);
    }

    /** Its first bytes, that many at most. */
    public byte[] read(int most) throws IOException {
        if (isForeign(path)) {
            throw new ObstacleException("it is not a regular file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(most);
        }
    }

    /**
     * Keeps it from other processes until {@link #unlock}, or the end of this one; does nothing if that is so already.
     *
     * @throws InUseException if another process has it, or somebody else in this one
     */
    public void lock() throws IOException {
        if (lock != null) {
            return;
        }
        Path found = target(path);
        expectRegular(found);
        expectFolder(found);
        // The lock is on a file of its own, because the file itself is replaced by another with each write. The lock
        // file is never removed: one process could lock the removed file, while the next one makes and locks a new one.
        Path lockFile = beside(found, LOCK);
        expectRegular(lockFile);
        FileChannel channel = FileChannel.open(lockFile, CREATE, WRITE, NOFOLLOW_LINKS);
        boolean locked = false;
        try {
            permit(lockFile);
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Then somebody else in this process has it.
            locked = false;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new InUseException();
        }
        lock = channel;
        target = found;
    }

    public void unlock() throws IOException {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    /** Replaces it, which must be locked. What is read at any moment, also after a crash, is all of the old or of the new. */
    public void replace(Content content) throws IOException {
        if (target == null || lock == null) {
            throw new IllegalStateException("not locked");
        }
        expectRegular(target);
        expectFolder(target);
        Path unfinished = beside(target, ".new");
        // What is there was left by a process that was killed: nobody else may write it now.
        expectRegular(unfinished);
        Files.deleteIfExists(unfinished);
        // CREATE_NEW neither follows a link nor opens what somebody has put there in the meantime.
        try (FileChannel channel = FileChannel.open(unfinished, CREATE_NEW, WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.writeTo(out);
            out.flush();
            force.force(channel);
        }
        permit(unfinished);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Moves it out of the way, in place of what was moved there before.
     *
     * @return where it is now
     */
    public Path setAside() throws IOException {
        Path found = target(path);
        Path aside = beside(found, ".damaged");
        expectRegular(aside);
        return Files.move(found, aside, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The file that the links at a path lead to, whether or not it is there, by the one path that has no links in it. */
    private static Path target(Path path) throws IOException {
        Path target = path.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(path.toString());
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ObstacleException("its folder is not there");
        }
        return folder.toRealPath().resolve(target.getFileName());
    }

    private static void expectFolder(Path file) throws ObstacleException {
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ObstacleException("its folder is not there");
        }
        if (!Files.isWritable(folder)) {
            throw new ObstacleException("its folder is not to be written");
        }
    }

    private static void expectRegular(Path file) throws ObstacleException {
        if (Files.exists(file, NOFOLLOW_LINKS) && !Files.isRegularFile(file, NOFOLLOW_LINKS)) {
            throw new ObstacleException(file + " is not a regular file");
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
