package watchdog.real;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The packaged jar, running as a process of its own; {@link #close} leaves none behind. */
public final class WatchdogProcess implements AutoCloseable {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSxxx");
    private static final Duration TO_END = Duration.ofSeconds(15);

    // What would change the jar's answers, or have Java itself talk on standard error.
    private static final List<String> NOT_INHERITED = List.of(
            "DOCKER_HOST",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "NOTIFY_SOCKET",
            "JOURNAL_STREAM",
            "RUNTIME_DIRECTORY");

    private final Process process;

    // Ends the process without closing its streams, as Process.destroy does: the last words count.
    private final ProcessHandle handle;
    private final Thread whenTestsAreKilled;
    private final Output output = new Output();

    private WatchdogProcess(Process process) {
        this.process = process;
        this.handle = process.toHandle();
        this.whenTestsAreKilled = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(whenTestsAreKilled);
        output.read(process.getInputStream(), false);
        output.read(process.getErrorStream(), true);
    }

    /** Starts the jar with these arguments. */
    public static WatchdogProcess start(String... arguments) {
        return start(Map.of(), arguments);
    }

    /** Starts the jar with these arguments and these environment variables besides the tests' own. */
    public static WatchdogProcess start(Map<String, String> environment, String... arguments) {
        return start(List.of(), environment, arguments);
    }

    /** Starts the jar with these options of Java, too. */
    public static WatchdogProcess start(
            List<String> javaOptions, Map<String, String> environment, String... arguments) {
        return start(List.of(), javaOptions, environment, arguments);
    }

    /** Starts the jar by way of a command that becomes this process, as {@code nice} does. */
    public static WatchdogProcess start(
            List<String> by, List<String> javaOptions, Map<String, String> environment, String... arguments) {
        // Under nohup(1) SIGHUP is ignored by all that is started, and Java leaves that so.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP"));
        command.addAll(by);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.add("-jar");
        command.add(jar().toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(NOT_INHERITED);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new WatchdogProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar() {
        Path jar = Path.of(System.getProperty("watchdog.jar", "target/watchdog.jar"))
                .toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("no jar at " + jar + ": mvn package, or set -Dwatchdog.jar");
        }
        return jar;
    }

    /** Has nobody read its standard output any more, as a pager does at its first page: the pipe fills. */
    public void hold() {
        output.hold(true);
    }

    /** Reads on where {@link #hold} has stopped. */
    public void release() {
        output.hold(false);
    }

    /** How many bytes the pipe of its standard output has; call it only between {@link #hold} and {@link #release}. */
    public int unread() {
        try {
            return process.getInputStream().available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it is still running. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The lines of standard output so far. */
    public List<String> stdout() {
        return output.lines(line -> !line.error());
    }

    /** The lines of standard error so far. */
    public List<String> stderr() {
        return output.lines(Line::error);
    }

    /** Waits until a line of either stream has a match of this regular expression, and returns the first such line. */
    public String awaitLine(String regex, Duration limit) {
        return awaitLines(1, regex, limit).get(0);
    }

    /** Waits until this many lines of either stream have a match, and returns all that have by then. */
    public List<String> awaitLines(int count, String regex, Duration limit) {
        Predicate<String> matches = Pattern.compile(regex).asPredicate();
        List<String> found = output.await(count, line -> matches.test(line.text()), limit);
        if (found.size() < count) {
            throw new AssertionError("%s line(s) with /%s/ instead of %s within %s; watchdog %s and said:%n%s"
                    .formatted(found.size(), regex, count, limit, state(), output));
        }
        return found;
    }

    /** Lets it look so many times more; it has to run with {@code --log-level=debug}. */
    public void awaitPasses(int count, Duration limit) {
        String listed = "DEBUG listed ";
        List<String> unused = awaitLines(linesWith(listed).size() + count, listed, limit);
    }

    /** The lines of either stream so far that have a match of this regular expression. */
    public List<String> linesWith(String regex) {
        Predicate<String> matches = Pattern.compile(regex).asPredicate();
        return output.lines(line -> matches.test(line.text()));
    }

    /** When a line of its log was written. */
    public static Instant time(String line) {
        return OffsetDateTime.parse(line.substring(0, 29), TIME).toInstant();
    }

    /** Waits until it has ended by itself, and returns its exit status. */
    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("watchdog has not ended within %s; it said:%n%s".formatted(limit, output));
            }
            release();
            output.awaitEnd(limit);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for watchdog to end", e);
        }
    }

    /** Ends it by SIGTERM and returns its exit status. */
    public int terminate() {
        return terminate(TO_END);
    }

    /** Ends it by SIGTERM and returns its exit status, which is there within the limit. */
    public int terminate(Duration limit) {
        handle.destroy();
        return awaitExit(limit);
    }

    /** Sends it a signal by its name, such as {@code INT} or {@code STOP}. */
    public void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start();
            if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("kill -" + name + " failed; watchdog " + state());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while sending a signal", e);
        }
    }

    /** Ends it by SIGKILL. */
    public void kill() {
        handle.destroyForcibly();
        awaitExit(TO_END);
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(whenTestsAreKilled);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook does what is left.
        }
    }

    /** What it has said so far, for the message of an assertion. */
    @Override
    public String toString() {
        return "watchdog " + state() + " and said:\n" + output;
    }

    private String state() {
        return process.isAlive() ? "is running" : "has ended with " + process.exitValue();
    }

    private record Line(boolean error, String text) {}

    /** Both streams, in the order in which their lines came. */
    private static final class Output {

        private final List<Line> lines = new ArrayList<>();
        private int open;
        private boolean held;

        synchronized void hold(boolean hold) {
            held = hold;
            notifyAll();
        }

        private synchronized void awaitRelease() throws InterruptedException {
            while (held) {
                wait();
            }
        }

        void read(InputStream stream, boolean error) {
            synchronized (this) {
                open++;
            }
            Thread reader = new Thread(() -> readAll(stream, error), error ? "watchdog stderr" : "watchdog stdout");
            reader.setDaemon(true);
            reader.start();
        }

        private void readAll(InputStream stream, boolean error) {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                    add(new Line(error, text));
                    if (!error) {
                        awaitRelease();
                    }
                }
            } catch (IOException closedByKill) {
                // The end of the stream all the same.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                end();
            }
        }

        private synchronized void add(Line line) {
            lines.add(line);
            notifyAll();
        }

        private synchronized void end() {
            open--;
            notifyAll();
        }

        synchronized List<String> lines(Predicate<Line> wanted) {
            return lines.stream().filter(wanted).map(Line::text).toList();
        }

        /** The wanted lines as soon as there are enough, else those there are when time is over or the process is. */
        synchronized List<String> await(int count, Predicate<Line> wanted, Duration limit) {
            long began = System.nanoTime();
            List<String> found = lines(wanted);
            while (found.size() < count && open > 0 && waitMore(began, limit)) {
                found = lines(wanted);
            }
            return found;
        }

        synchronized void awaitEnd(Duration limit) {
            long began = System.nanoTime();
            boolean more = true;
            while (open > 0 && more) {
                more = waitMore(began, limit);
            }
        }

        private synchronized boolean waitMore(long began, Duration limit) {
            long left = limit.toNanos() - (System.nanoTime() - began);
            if (left <= 0) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public synchronized String toString() {
            return String.join(
                    "\n",
                    lines.stream()
                            .map(line -> (line.error() ? "! " : "  ") + line.text())
                            .toList());
        }
    }
}
