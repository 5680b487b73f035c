package watchdog.real;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import watchdog.Eventually;

/**
 * A real Docker engine for a test: {@code @ExtendWith(RealEngine.class)}, and a parameter of this type.
 *
 * <p>The engine is the one that {@code WATCHDOG_TEST_HOST} or {@code -Dwatchdog.test.host} names, as
 * {@code src/scripts/test} sets it. Without one the tests are left out, loudly; in CI, or with
 * {@code -Dwatchdog.test.engine=required}, they fail instead.
 */
public class RealEngine implements ExecutionCondition, BeforeEachCallback, ParameterResolver, AutoCloseable {

    private static final Namespace STORE = Namespace.create(RealEngine.class);
    private static final String MISSING = "there is no engine, or no proxy, to test with: src/scripts/test brings them";
    private static final String IMAGE = "busybox:local";
    private static final Duration COMMAND = Duration.ofSeconds(60);
    static final Path SCRIPT = Path.of("src", "scripts", "engine").toAbsolutePath();

    // What a caller has set for an engine of their own.
    private static final List<String> NOT_INHERITED =
            List.of("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "DOCKER_API_VERSION");

    /** The variable that names where this engine listens. */
    private final String variable;

    private final String prefix = "t" + UUID.randomUUID().toString().substring(0, 7) + "-";
    private boolean down;
    private boolean frozen;

    /** For JUnit; a test gets its own as a parameter. */
    public RealEngine() {
        this("WATCHDOG_TEST_HOST");
    }

    /** For another engine than Docker. */
    protected RealEngine(String variable) {
        this.variable = variable;
    }

    /** Another one like this, for another test. */
    protected RealEngine another() {
        return new RealEngine();
    }

    /** A container of this test, by its id and by the name that it really has. */
    public record Container(String id, String name) {

        /** The name, as all commands take it. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** Where the engine listens for watchdog, as {@code --host} takes it. */
    public String host() {
        return direct();
    }

    /** Where it listens for the docker client. */
    protected String direct() {
        return named(variable).orElseThrow(() -> new AssertionError(MISSING));
    }

    /** The name that a container of this test really has: unique, so that tests do not meet. */
    public String name(String name) {
        return prefix + name;
    }

    /**
     * Runs a container, which is removed after the test.
     *
     * <p>Arguments that begin with a dash are options of {@code docker run} (with a value as {@code --restart=always});
     * from the first other one on they are the command. The default command runs for ever and ends at once on SIGTERM
     * (143), and on SIGUSR1 (1).
     */
    public Container run(String name, String... optionsThenCommand) {
        return make("run", List.of("--detach"), name, optionsThenCommand);
    }

    /** Creates a container, as {@link #run} does, but does not start it. */
    public Container create(String name, String... optionsThenCommand) {
        return make("create", List.of(), name, optionsThenCommand);
    }

    private Container make(String verb, List<String> flags, String name, String... optionsThenCommand) {
        List<String> options = Stream.of(optionsThenCommand)
                .takeWhile(argument -> argument.startsWith("-"))
                .toList();
        List<String> command = new ArrayList<>(List.of(verb));
        command.addAll(flags);
        command.addAll(List.of("--name", name(name)));
        if (options.stream().noneMatch(option -> option.startsWith("--net"))) {
            command.add("--network=none");
        }
        command.addAll(options);
        command.add(IMAGE);
        command.addAll(Arrays.asList(optionsThenCommand).subList(options.size(), optionsThenCommand.length));
        return new Container(docker(command.toArray(String[]::new)), name(name));
    }

    /** Runs the docker client and returns its standard output without the line end; fails with its complaint. */
    public String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of(client(), "--host", direct()));
        command.addAll(List.of(arguments));
        return output(command);
    }

    /** A container by its real name, however it was made. */
    public Container container(String realName) {
        return new Container(docker("container", "inspect", "--format", "{{.Id}}", realName), realName);
    }

    /** What {@code docker inspect --format} says of a container. */
    public String inspect(Container container, String goTemplate) {
        return docker("container", "inspect", "--format", goTemplate, container.name());
    }

    /** Whether it is running; for a moment after a crash the engine still says so, see {@link #startedAt}. */
    public boolean isRunning(Container container) {
        return inspect(container, "{{.State.Running}}").equals("true");
    }

    /** When the container was last started: later than before means started again. */
    public Instant startedAt(Container container) {
        return Instant.parse(inspect(container, "{{.State.StartedAt}}"));
    }

    /** The container's process on this host. */
    public long pid(Container container) {
        long pid = Long.parseLong(inspect(container, "{{.State.Pid}}"));
        if (pid == 0) {
            throw new AssertionError(container + " does not run, so there is no process");
        }
        return pid;
    }

    /**
     * Crashes a container: SIGKILL for its process, from the host, and not by the engine as an operator would.
     *
     * @return the moment right before
     */
    public Instant kill9(Container container) {
        return kill9(pid(container));
    }

    /** The same, by the {@link #pid} that it had, for an engine that cannot be asked. */
    public Instant kill9(long pid) {
        Instant before = Instant.now();
        if (!ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false)) {
            throw new AssertionError("cannot kill process " + pid + ": engine elsewhere, or not root?");
        }
        return before;
    }

    /** Has a signal sent to a container's process from the host, and not by the engine as an operator would. */
    public static void signal(long pid, String name) {
        output(List.of("kill", "-" + name, Long.toString(pid)));
    }

    /** Starts the jar for this engine with these arguments, and waits until it is connected. */
    public WatchdogProcess watch(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--host=" + host()));
        all.addAll(List.of(arguments));
        WatchdogProcess watchdog = WatchdogProcess.start(all.toArray(String[]::new));
        try {
            watchdog.awaitLine("connected to", COMMAND);
            return watchdog;
        } catch (AssertionError e) {
            watchdog.close();
            throw e;
        }
    }

    /** When the container's process last ended. */
    public Instant finishedAt(Container container) {
        return Instant.parse(inspect(container, "{{.State.FinishedAt}}"));
    }

    /**
     * What happened to the containers of that name since then, as {@code start} or {@code die}, in order. The engine
     * keeps only the last 256 events of all kinds.
     */
    public List<String> eventsSince(Instant moment, Container container) {
        return docker(
                        "events",
                        "--since=" + seconds(moment),
                        "--until=" + seconds(Instant.now()),
                        "--filter=container=" + container.name(),
                        "--format={{.Action}}")
                .lines()
                .toList();
    }

    private static String seconds(Instant moment) {
        return "%d.%09d".formatted(moment.getEpochSecond(), moment.getNano());
    }

    /** Waits until the container runs and was started after this moment, and returns when it was started. */
    public Instant awaitStartedAfter(Container container, Instant moment, Duration limit) {
        return Eventually.within(
                limit,
                container + " is running, started after " + moment,
                () -> isRunning(container) ? startedAt(container) : Instant.MIN,
                started -> started.isAfter(moment));
    }

    /** Waits until the engine says that the container has exited. */
    public void awaitExited(Container container, Duration limit) {
        Eventually.within(
                limit, container + " exited", () -> inspect(container, "{{.State.Status}}"), "exited"::equals);
    }

    /** Ends the engine as a crash does; call {@link #startEngine} then. Other tests must not run at the same time. */
    public void crashEngine() {
        stopEngine("KILL");
    }

    /** Ends the engine as a host's shutdown does; call {@link #startEngine} then. */
    public void shutDownEngine() {
        stopEngine("TERM");
    }

    private void stopEngine(String signal) {
        Path unused = ownFolder();
        down = true;
        output(List.of(SCRIPT.toString(), "stop", signal));
    }

    /** Has the engine stand still, as on a host that is out of memory or of disk; call {@link #thawEngine} then. */
    public void freezeEngine() {
        signalEngine("STOP");
        frozen = true;
    }

    /** Lets the engine go on. */
    public void thawEngine() {
        signalEngine("CONT");
        frozen = false;
    }

    private static void signalEngine(String signal) {
        try {
            Path pid = ownFolder().resolve("docker.pid");
            signal(Long.parseLong(Files.readString(pid).strip()), signal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path ownFolder() {
        String folder = System.getenv("WATCHDOG_ENGINE_DIR");
        if (folder == null) {
            throw new AssertionError("WATCHDOG_ENGINE_DIR is not set, so this engine is not ours to stop");
        }
        return Path.of(folder);
    }

    /** Starts the engine again with the containers it had; after a crash it first stops those that still run. */
    public void startEngine() {
        output(List.of(SCRIPT.toString(), "up"));
        down = false;
    }

    /** Removes the test's containers. */
    @Override
    public void close() {
        if (frozen) {
            thawEngine();
        }
        if (down) {
            startEngine();
        }
        List<String> command = new ArrayList<>(List.of("rm", "--force", "--volumes"));
        docker("ps", "--all", "--quiet", "--filter", "name=^/?" + prefix)
                .lines()
                .forEach(command::add);
        if (command.size() > 3) {
            docker(command.toArray(String[]::new));
        }
    }

    static String client() {
        return Optional.ofNullable(System.getenv("WATCHDOG_DOCKER")).orElse("docker");
    }

    static String output(List<String> command) {
        try {
            // Files, because a pipe would have to be read while waiting.
            File stdout = File.createTempFile("watchdog", ".out");
            File stderr = File.createTempFile("watchdog", ".err");
            try {
                return output(command, stdout, stderr);
            } finally {
                Files.delete(stdout.toPath());
                Files.delete(stderr.toPath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted during " + command, e);
        }
    }

    private static String output(List<String> command, File stdout, File stderr)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(stdout).redirectError(stderr);
        builder.environment().keySet().removeAll(NOT_INHERITED);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("no end within " + COMMAND + ": " + command);
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("exit status " + process.exitValue() + " of " + command + ": " + text(stderr));
        }
        return text(stdout);
    }

    private static String text(File file) throws IOException {
        return Files.readString(file.toPath(), StandardCharsets.UTF_8).strip();
    }

    /** Whether there is one to test with. */
    protected boolean isThere() {
        return named(variable).isPresent();
    }

    /** What an environment variable as {@code WATCHDOG_TEST_HOST}, or {@code -Dwatchdog.test.host} before it, says. */
    protected static Optional<String> named(String variable) {
        String property = variable.toLowerCase(Locale.ROOT).replace('_', '.');
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(host -> !host.isBlank());
    }

    /** Whether what a test needs has to be there: in CI, and where {@code src/scripts/test} brings it. */
    static boolean required() {
        return "true".equals(System.getenv("CI")) || "required".equals(System.getProperty("watchdog.test.engine"));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (isThere() || required()) {
            return ConditionEvaluationResult.enabled("an engine is there, or has to be");
        }
        // Class by class would be quicker, but would not know how many tests there are.
        if (context.getTestMethod().isEmpty()) {
            return ConditionEvaluationResult.enabled("each test is left out for itself, to be counted");
        }
        context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(LeftOut.class, key -> new LeftOut(), LeftOut.class)
                .count();
        return ConditionEvaluationResult.disabled(MISSING);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        of(context).docker("version");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return RealEngine.class.isAssignableFrom(parameter.getParameter().getType());
    }

    @Override
    public RealEngine resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }

    private RealEngine of(ExtensionContext context) {
        return context.getStore(STORE).computeIfAbsent(RealEngine.class, key -> another(), RealEngine.class);
    }

    /** Says at the end of the run how many tests were left out. */
    private static final class LeftOut implements AutoCloseable {

        private final AtomicInteger tests = new AtomicInteger();

        void count() {
            tests.incrementAndGet();
        }

        @Override
        public void close() {
            String line = "=".repeat(80);
            System.err.printf(
                    "%n%s%nLEFT OUT: %s end-to-end tests, no engine. src/scripts/test brings one.%n%s%n%n",
                    line, tests, line);
        }
    }
}
