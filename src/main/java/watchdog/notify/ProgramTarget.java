package watchdog.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    /** In lines; the rest is read and forgotten. */
    private static final int MOST_OUTPUT = 100;

    /** What systemd gives to watchdog itself (sd_notify(3), sd_watchdog_enabled(3)). */
    private static final List<String> NOT_INHERITED = List.of("NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC");

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private final String name;
    private final Path program;
    private final Duration limit;

    /**
     * Makes one.
     *
     * @param number among the programs, from 1 on
     * @param limit how long it may run
     */
    ProgramTarget(int number, Path program, Duration limit) {
        this.name = "program " + number + " (" + program + ")";
        this.program = program;
        this.limit = limit;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answer deliver(Message message) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(NOT_INHERITED);
        environment.putAll(message.variables());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return Answer.notNow("cannot be run: " + OneLine.of(String.valueOf(e.getMessage())));
        }
        begin("input of " + name, () -> write(process, message.json()));
        begin("output of " + name, () -> read(process));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return Answer.never("did not end within " + InWords.duration(limit) + ", and was killed");
            }
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

    private static void begin(String threadName, Runnable task) {
        Thread thread = new Thread(task, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    private void write(Process process, String json) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(json.getBytes(UTF_8));
        } catch (IOException e) {
            LOG.debug("{}: has not read all of its standard input", name);
        }
    }

    private void read(Process process) {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            int count = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (count++ < MOST_OUTPUT) {
                    LOG.debug("{}: {}", name, line);
                }
            }
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
