package watchdog.real;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prometheus, as a process of its own that scrapes one target each second, and its tool for checks. */
public final class PrometheusServer implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Http http = Http.free();
    private final Process process;

    private PrometheusServer(Path folder, Path config) throws IOException {
        process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + http.port())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /** Whether it can be run, or has to be able to, as where {@code src/scripts/test} brings it. */
    public static boolean isThere() {
        return RealEngine.required()
                || Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "prometheus")));
    }

    /** Starts it in a folder of its own, with a config that is there. */
    public static PrometheusServer start(Path folder, String config) throws IOException {
        return new PrometheusServer(folder, Files.writeString(folder.resolve("prometheus.yml"), config));
    }

    /** Where it answers queries. */
    public Http http() {
        return http;
    }

    /** What {@code promtool} says of that standard input; fails if it finds anything wrong. */
    public static String promtool(String in, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream said = tool.getInputStream()) {
            try (OutputStream out = tool.getOutputStream()) {
                out.write(in.getBytes(StandardCharsets.UTF_8));
            }
            String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            if (!tool.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || tool.exitValue() != 0) {
                throw new AssertionError(command + ": " + text);
            }
            return text;
        } finally {
            tool.destroyForcibly();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
