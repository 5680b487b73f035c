package watchdog.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import watchdog.fake.Certificates;

/**
 * A real Docker engine of one test's own, which asks for certificates: {@code dockerd --tlsverify}, as
 * {@code src/scripts/engine} starts it. The docker client of the test goes by its unix socket.
 */
public final class TlsEngine extends RealEngine {

    private final Path folder;
    private final Certificates certificates;
    private final int port;

    /** For JUnit; a test gets its own as a parameter. */
    public TlsEngine() {
        this(Path.of("none"), 0);
    }

    private TlsEngine(Path folder, int port) {
        this.folder = folder;
        this.certificates = Certificates.of(folder.resolve("certificates"));
        this.port = port;
    }

    @Override
    protected RealEngine another() {
        try {
            Path folder = Files.createTempDirectory("tls-engine");
            Certificates unused = Certificates.in(Files.createDirectory(folder.resolve("certificates")))
                    .sign("engine", "-ext", "san=ip:127.0.0.1");
            TlsEngine engine = new TlsEngine(folder, freePort());
            engine.script("up");
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void script(String command) {
        String options = String.join(
                " ",
                "--host=" + host(),
                "--tlsverify",
                "--tlscacert=" + certificates.authority(),
                "--tlscert=" + certificates.certificate("engine"),
                "--tlskey=" + certificates.key("engine"));
        String unused = output(List.of(
                "env",
                "WATCHDOG_ENGINE_DIR=" + folder.resolve("engine"),
                "WATCHDOG_ENGINE_OPTIONS=" + options,
                SCRIPT.toString(),
                command));
    }

    @Override
    public String host() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    protected String direct() {
        return "unix://" + folder.resolve("engine").resolve("docker.sock");
    }

    /** The engine's own, by which it also lets others in. */
    public Certificates certificates() {
        return certificates;
    }

    /** Has the docker client make a context for it, and returns the client's folder. */
    public Path makeContext(String name) {
        Path config = folder.resolve("config");
        List<String> command = new ArrayList<>(List.of("env", "DOCKER_CONFIG=" + config, client()));
        command.addAll(List.of("context", "create", name, "--docker"));
        command.add("host=" + host()
                + ",ca=" + certificates.authority()
                + ",cert=" + certificates.certificate("engine")
                + ",key=" + certificates.key("engine"));
        String unused = output(command);
        return config;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TlsEngine.class;
    }

    @Override
    public void close() {
        script("down");
        String unused = output(List.of("rm", "-r", folder.toString()));
    }
}
