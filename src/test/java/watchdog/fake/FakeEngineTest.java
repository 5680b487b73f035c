package watchdog.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The docker client, each version on the PATH, is the judge of the fake: it must take it for an engine. */
@Timeout(120)
class FakeEngineTest {
    private static final String NONE = "no docker client on the PATH: nobody judges the fake engine";
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private FakeEngine engine;

    /** What a command has said and how it has ended. */
    private record Said(int status, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    static Stream<String> clients() {
        List<String> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry, "docker"))
                .filter(Files::isExecutable)
                .map(FakeEngineTest::real)
                .distinct()
                .map(Path::toString)
                .toList();
        return found.isEmpty() ? Stream.of(NONE) : found.stream();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() {
        engine = FakeEngine.onUnixSocket(folder.resolve("engine.sock"));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void speaksToTheClient(String client) throws Exception {
        Said version = docker(client, "version", "--format", "{{.Server.Version}} {{.Server.APIVersion}}");
        assertThat(version).isEqualTo(new Said(0, "28.5.2 1.51\n", ""));
        assertThat(docker(client, "info", "--format", "{{.ServerVersion}} {{.OSType}}")
                        .out())
                .isEqualTo("28.5.2 linux\n");
        assertThat(engine.requests()).allMatch(r -> r.version().equals("HTTP/1.1"));
        assertThat(engine.requests().get(0).is("HEAD", "/_ping")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void isJudgedOnTcpToo(String client) throws Exception {
        try (FakeEngine tcp = FakeEngine.onTcp()) {
            tcp.add("web");
            assertThat(on(tcp, client, "ps", "--format", "{{.Names}}").out()).isEqualTo("web\n");
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void listsContainers(String client) throws Exception {
        engine.add("web", c -> c.exited(137, Duration.ofMinutes(9)).label("app", "shop"));
        engine.add("api", c -> c.image("shop/api:2").aliases("proxy/api"));
        engine.add("sick", c -> c.withHealth("unhealthy"));
        engine.add("still", FakeContainer::paused);
        engine.add("new", FakeContainer::created);
        String format = "{{.Names}}|{{.State}}|{{.Status}}|{{.Image}}";
        assertThat(docker(client, "ps", "-a", "--format", format).lines())
                .containsExactly(
                        "new|created|Created|busybox:local",
                        "still|paused|Up 3 minutes (Paused)|busybox:local",
                        "sick|running|Up 3 minutes (unhealthy)|busybox:local",
                        "api|running|Up 3 minutes|shop/api:2",
                        "web|exited|Exited (137) 9 minutes ago|busybox:local");
        assertThat(names(client, "ps")).containsExactly("still", "sick", "api");
        assertThat(names(client, "ps", "-n", "2")).containsExactly("new", "still");
        assertThat(names(client, "ps", "--filter", "status=exited")).containsExactly("web");
        assertThat(names(client, "ps", "--filter", "health=unhealthy")).containsExactly("sick");
        assertThat(names(client, "ps", "-a", "--filter", "label=app=shop")).containsExactly("web");
        assertThat(names(client, "ps", "-a", "--filter", "name=^/?web$")).containsExactly("web");
        assertThat(names(client, "ps", "-a", "--filter", "name=s")).containsExactly("still", "sick");
        assertThat(docker(client, "ps", "--filter", "status=gone").err()).contains("invalid filter 'status=gone'");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void inspectsContainers(String client) throws Exception {
        FakeContainer vpn = engine.add("vpn");
        FakeContainer web = engine.add("web", c -> c.exited(3).inNetworkOf(vpn).restartPolicy("on-failure", 5));
        String format = "{{.Name}} {{.State.Status}} {{.State.ExitCode}} {{.HostConfig.RestartPolicy.Name}}:"
                + "{{.HostConfig.RestartPolicy.MaximumRetryCount}} {{.HostConfig.NetworkMode}} {{.Config.Image}}";
        String expected = "/web exited 3 on-failure:5 container:" + vpn.id() + " busybox:local\n";
        assertThat(docker(client, "inspect", "-f", format, "web").out()).isEqualTo(expected);
        assertThat(docker(client, "inspect", "-f", format, web.id().substring(0, 12))
                        .out())
                .isEqualTo(expected);
        Said unknown = docker(client, "container", "inspect", "we");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("No such container: we");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void listsImages(String client) throws Exception {
        engine.image("shop/api:2", 12_345_678);
        assertThat(docker(client, "images", "--format", "{{.Repository}}:{{.Tag}} {{.Size}}")
                        .lines())
                .containsExactlyInAnyOrder("busybox:local 1.98MB", "shop/api:2 12.3MB");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void doesWhatTheClientAsks(String client) throws Exception {
        FakeContainer web = engine.add("web", c -> c.exited(1));
        assertThat(docker(client, "start", "web")).isEqualTo(new Said(0, "web\n", ""));
        assertThat(docker(client, "start", "web").status()).as("304 is fine").isZero();
        assertThat(web.state()).isEqualTo("running");
        assertThat(web.startCount()).isEqualTo(1);
        docker(client, "pause", "web");
        assertThat(docker(client, "start", "web").err()).contains("try unpause instead");
        docker(client, "unpause", "web");
        docker(client, "restart", "-t", "1", "web");
        assertThat(web.restarts()).hasSize(1);
        docker(client, "stop", "web");
        assertThat(web.state()).isEqualTo("exited");
        assertThat(docker(client, "kill", "web").err()).contains("is not running");
        docker(client, "rename", "web", "web2");
        docker(client, "start", "web2");
        assertThat(docker(client, "rm", "web2").err()).contains("cannot remove a running container");
        assertThat(docker(client, "rm", "-f", "web2").status()).isZero();
        assertThat(names(client, "ps", "-a")).isEmpty();
        assertThat(docker(client, "create", "--name", "made", "--label", "a=b", "busybox:local")
                        .status())
                .isZero();
        assertThat(names(client, "ps", "-a", "--filter", "label=a=b")).containsExactly("made");
        assertThat(docker(client, "create", "--name", "made", "busybox:local").err())
                .contains("already in use");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void refusesWithTheEnginesWords(String client) throws Exception {
        FakeContainer bad = engine.add("bad", c -> c.created().startFailsWith(500, "port is already allocated"));
        Said said = docker(client, "start", "bad");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err()).contains("Error response from daemon: port is already allocated");
        assertThat(docker(client, "inspect", "-f", "{{.State.Status}} {{.State.ExitCode}} {{.State.Error}}", "bad")
                        .out())
                .isEqualTo("created 128 port is already allocated\n");
        assertThat(bad.startCount()).isEqualTo(1);
        FakeContainer vpn = engine.add("vpn", c -> c.exited(0));
        engine.add("app", c -> c.exited(0).inNetworkOf(vpn));
        assertThat(docker(client, "start", "app").err())
                .contains("cannot join network of a non running container: " + vpn.id());
    }

    @ParameterizedTest
    @MethodSource("clients")
    void emitsEventsInTheOrderOfAnEngine(String client) throws Exception {
        FakeContainer web = engine.add("web");
        FakeContainer deaf = engine.add("deaf", FakeContainer::ignoresSigterm);
        try (Watching events = new Watching(client, "{{.Action}} {{.Actor.Attributes.name}}")) {
            engine.awaitEventStreams(1, SOON);
            docker(client, "stop", "web");
            events.expect("kill web", "die web", "stop web");
            docker(client, "start", "web");
            events.expect("start web");
            web.crash(1);
            events.expect("die web");
            web.restartedByEngine();
            events.expect("start web");
            docker(client, "kill", "-s", "HUP", "web");
            events.expect("kill web");
            docker(client, "kill", "web");
            events.expect("kill web", "die web");
            docker(client, "restart", "-t", "1", "deaf");
            events.expect("kill deaf", "kill deaf", "die deaf", "stop deaf", "start deaf", "restart deaf");
            deaf.oom();
            events.expect("oom deaf", "die deaf");
            engine.stopEventFirst(true);
            docker(client, "start", "web");
            docker(client, "stop", "web");
            events.expect("start web", "kill web", "stop web", "die web");
            docker(client, "start", "deaf");
            docker(client, "rm", "-f", "web");
            docker(client, "rm", "-f", "deaf");
            events.expect("start deaf", "destroy web", "kill deaf", "die deaf", "destroy deaf");
        }
        engine.awaitEventStreams(0, SOON);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void filtersAndRemembersEvents(String client) throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        engine.add("web").crash(3);
        engine.add("api").becomes("unhealthy");
        engine.container("web").rename("web2");
        String now = Long.toString(Instant.now().getEpochSecond() + 1);
        String format = "{{.Action}} {{.Actor.Attributes.name}} {{.Actor.Attributes.exitCode}}";
        assertThat(docker(
                                client,
                                "events",
                                "--since",
                                before.toString(),
                                "--until",
                                now,
                                "--format",
                                format,
                                "--filter",
                                "event=die")
                        .lines())
                .containsExactly("die web 3");
        assertThat(docker(
                                client,
                                "events",
                                "--since",
                                before.toString(),
                                "--until",
                                now,
                                "--format",
                                format,
                                "--filter",
                                "event=health_status")
                        .lines())
                .containsExactly("health_status: unhealthy api <no value>");
        assertThat(docker(
                                client,
                                "events",
                                "--since",
                                before.toString(),
                                "--until",
                                now,
                                "--format",
                                "{{.Actor.Attributes.oldName}} {{.Actor.Attributes.name}}",
                                "--filter",
                                "event=rename")
                        .lines())
                .containsExactly("/web web2");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void listsTenThousandContainers(String client) throws Exception {
        engine.addMany(10_000, "exited");
        List<String> names = names(client, "ps", "-a");
        assertThat(names).hasSize(10_000).startsWith("many-10000").endsWith("many-00001");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void goesAwayAndComesBack(String client) throws Exception {
        engine.add("web");
        engine.stop();
        assertThat(docker(client, "ps").err()).contains("annot connect to the Docker daemon");
        engine.start();
        assertThat(names(client, "ps")).containsExactly("web");
        engine.stopLeavingSocketFile();
        assertThat(folder.resolve("engine.sock")).exists();
        assertThat(docker(client, "ps").status()).isEqualTo(1);
        engine.start();
        engine.shutDown();
        engine.start();
        assertThat(names(client, "ps", "-a", "--filter", "status=exited")).containsExactly("web");
    }

    private List<String> names(String client, String... command) throws Exception {
        String[] format = {"--format", "{{.Names}}"};
        return docker(
                        client,
                        Stream.concat(Arrays.stream(command), Arrays.stream(format))
                                .toArray(String[]::new))
                .lines();
    }

    private Said docker(String client, String... command) throws Exception {
        return on(engine, client, command);
    }

    private Said on(FakeEngine where, String client, String... command) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = docker(where, client, command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " did not end\n" + where.log());
        }
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private ProcessBuilder docker(FakeEngine where, String client, String... command) {
        assumeTrue(!client.equals(NONE), NONE);
        String[] prefix = {client, "-H", where.host()};
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Arrays.stream(prefix), Arrays.stream(command)).toList());
        builder.environment().keySet().removeIf(name -> name.startsWith("DOCKER_"));
        builder.environment().put("DOCKER_CONFIG", folder.toString());
        return builder;
    }

    /** {@code docker events} in the background. */
    private final class Watching implements AutoCloseable {
        private final Process process;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        Watching(String client, String format) throws IOException {
            process = docker(engine, client, "events", "--format", format)
                    .redirectErrorStream(true)
                    .start();
            DaemonThreads.start("docker-events", () -> {
                try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                    reader.lines().forEach(lines::add);
                } catch (IOException e) {
                    lines.add("broke off: " + e);
                }
            });
        }

        void expect(String... expected) throws InterruptedException {
            String[] seen = new String[expected.length];
            for (int i : IntStream.range(0, expected.length).toArray()) {
                seen[i] = lines.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(seen).containsExactly(expected);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
