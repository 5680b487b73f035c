package watchdog.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.report.InWords;
import watchdog.report.OneLine;

/**
 * Runs a program for each message, without a shell: the JSON is its standard input, the first fact is in its environment, and
 * what it writes goes to the log at level debug.
 */
final class ProgramTarget implements Target {

    static final Duration LIMIT = Duration.ofSeconds(30);

    /** The exit status of a program that wants to be run again later (sysexits.h). */
    private static final int TRY_AGAIN = 75;

    /** For what it has written to be read once it has ended; a child of its own may keep its output open for ever. */
    private static final Duration TO_READ_THE_REST = Duration.ofMillis(200);

    /** What systemd gives to watchdog itself (sd_notify(3), sd_watchdog_enabled(3)). */
    private static final List<String> NOT_INHERITED = List.of("NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC");

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private final String name;
    private final Path program;
    private final Duration limit;
    private final Map<String, String> environment;
    private final @Nullable Consumer<String> output;

    /** What reads its output, or has read that of the last run; null before the first. */
    private @Nullable Thread reader;

    /** Makes one that is run for {@link #LIMIT}, in the environment of this process. */
    static ProgramTarget of(int number, Path program) {
        Consumer<String> debug = line -> LOG.debug("program {} ({}): {}", number, program, line);
        Map<String, String> own = new ProcessBuilder().environment();
        return new ProgramTarget(number, program, LIMIT, own, LOG.isDebugEnabled() ? debug : null);
    }

    /**
     * Makes one.
     *
     * @param number among the programs, from 1 on
     * @param limit how long it may run
     * @param environment of watchdog itself
     * @param output takes what it writes, line by line; null if nobody wants it
     */
    ProgramTarget(
            int number,
            Path program,
            Duration limit,
            Map<String, String> environment,
            @Nullable Consumer<String> output) {
        this.name = "program " + number + " (" + program + ")";
        this.program = program;
        this.limit = limit;
        this.environment = Map.copyOf(environment);
        this.output = output;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answer deliver(Message message) throws InterruptedException {
        Consumer<String> lines = isReading() ? null : output;
        ProcessBuilder builder = new ProcessBuilder(program.toString())
                .redirectErrorStream(true)
                .redirectOutput(lines == null ? Redirect.DISCARD : Redirect.PIPE);
        Map<String, String> its = builder.environment();
        its.clear();
        its.putAll(environment);
        its.keySet().removeAll(NOT_INHERITED);
        its.putAll(message.variables());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return Answer.notNow("cannot be run: " + OneLine.of(String.valueOf(e.getMessage())));
        }
        Thread unused = begin("input of " + name, () -> write(process, message.json()));
        if (lines != null) {
            reader = begin("output of " + name, () -> read(process, lines));
        }
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return Answer.never("did not end within " + InWords.duration(limit) + ", and was killed");
            }
            awaitOutput();
            int status = process.exitValue();
            String words = "ended with status " + status;
            if (status == 0) {
                return Answer.taken(words);
            }
            return status == TRY_AGAIN ? Answer.notNow(words) : Answer.never(words);
        } finally {
            kill(process);
        }
    }

    /** Whether the output of an earlier run is read still: what that has left behind holds it, and is not to hold more. */
    private boolean isReading() {
        return reader != null && reader.isAlive();
    }

    private void awaitOutput() throws InterruptedException {
        if (reader != null) {
            TimeUnit.MILLISECONDS.timedJoin(reader, TO_READ_THE_REST.toMillis());
        }
    }

    private static Thread begin(String threadName, Runnable task) {
        Thread thread = new Thread(task, threadName);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void write(Process process, String json) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(json.getBytes(UTF_8));
        } catch (IOException e) {
            LOG.debug("{}: has not read all of its standard input", name);
        }
    }

    private void read(Process process, Consumer<String> lines) {
        try (InputStream in = process.getInputStream()) {
            FirstLines.read(in, lines);
        } catch (IOException e) {
            LOG.debug("{}: its output broke off", name);
        }
    }

    /** With its children, as far as they are still known to be: one that has left its parent goes on. */
    private static void kill(Process process) {
        try (Stream<ProcessHandle> children = process.descendants()) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }
}
