package watchdog.host;

import java.io.IOException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.policy.Hold;
import watchdog.policy.Holds;

/**
 * A thread that tells which holds there are, as soon as that changes: the system tells of changes in the folder (inotify(7)),
 * and where it does not, the folder is read each second.
 */
public final class HoldWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    /** When nobody tells of changes, or the folder could not be read. */
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(1);

    /** Whatever the system tells of changes. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** The end of a hold is no shorter a wait than this, so that a clock that stands still keeps nobody busy. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);

    private final RunFolder run;
    private final HoldFolder folder;
    private final Clock clock;
    private final Consumer<Holds> holds;
    private final Thread thread = new Thread(this::watch, "holds");

    private @Nullable WatchService service;
    private @Nullable WatchKey key;
    private Holds last = Holds.NONE;

    /** Why the folder cannot be read, as told last, or null. */
    private @Nullable String problem;

    private HoldWatcher(RunFolder run, Consumer<Holds> holds) {
        this.run = run;
        this.folder = HoldFolder.of(run);
        this.clock = Clock.systemUTC();
        this.holds = holds;
    }

    /**
     * Makes the folder where it is not there, tells the holds in it, and begins.
     *
     * @param holds takes all holds that there are: at once on this thread if there is any, and then on the watcher's
     */
    public static HoldWatcher begin(RunFolder run, Consumer<Holds> holds) {
        HoldWatcher watcher = new HoldWatcher(run, holds);
        watcher.read();
        watcher.thread.setDaemon(true);
        watcher.thread.start();
        return watcher;
    }

    /** Ends its thread, and waits a moment for that. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, BETWEEN_READINGS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                await(read());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the holds, and tells them if they are others. Returns how long to wait for the next time. */
    private Duration read() {
        try {
            run.make();
            register();
            Instant now = clock.instant();
            folder.removeOver(now);
            Holds found = folder.read(now);
            if (!found.equals(last)) {
                last = found;
                holds.accept(found);
            }
            readable();
            return untilNext(found, now);
        } catch (IOException | RuntimeException e) {
            unreadable(e);
            return BETWEEN_READINGS;
        }
    }

    /** Before the folder is read, so that no change is lost between. */
    private void register() {
        if (key != null && key.isValid()) {
            return;
        }
        key = null;
        try {
            if (service == null) {
                service = run.path().getFileSystem().newWatchService();
            }
            key = folder.path()
                    .register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            LOG.debug("{}: changes are not told: {}", folder.path(), e.toString());
        }
    }

    private Duration untilNext(Holds found, Instant now) {
        Duration wait = key == null ? BETWEEN_READINGS : LONGEST_WAIT;
        for (Hold hold : found.all()) {
            if (hold.until() != null) {
                wait = shorter(wait, Duration.between(now, hold.until()));
            }
        }
        return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void await(Duration wait) throws InterruptedException {
        if (service == null) {
            Thread.sleep(wait.toMillis());
            return;
        }
        WatchKey changed = service.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (changed != null) {
            changed.pollEvents();
            changed.reset();
        }
    }

    private void readable() {
        if (problem != null) {
            problem = null;
            LOG.info("{}: can be read now", folder.path());
        }
    }

    private void unreadable(Exception e) {
        String why = e.toString();
        if (!why.equals(problem)) {
            problem = why;
            LOG.warn("{}: cannot be read ({}); the holds stay as they are (trying again quietly)", folder.path(), why);
        }
    }
}
