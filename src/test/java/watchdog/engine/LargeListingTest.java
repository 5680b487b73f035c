package watchdog.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import watchdog.fake.FakeEngine;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;
import watchdog.policy.Container;

/** A listing of any length passes through a small memory. */
class LargeListingTest {

    private static final Timeouts PATIENT = Timeouts.of(Duration.ofSeconds(10));

    private FakeEngine fake;

    @BeforeEach
    void start() {
        fake = FakeEngine.onTcp();
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    /** If the client waited for the end of the listing, the engine here would wait for it in vain. */
    @Test
    void handsOverEachContainerBeforeTheNextHasCome() throws EngineException {
        List<CountDownLatch> seen = List.of(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));
        fake.fault("/containers/json", exchange -> {
            exchange.wire().write("HTTP/1.0 200 OK\r\n\r\n[".getBytes(US_ASCII));
            for (int n = 0; n < seen.size(); n++) {
                exchange.wire().write(((n == 0 ? "" : ",") + "{\"Id\":\"%064x\"}".formatted(n)).getBytes(US_ASCII));
                exchange.wire().flush();
                await(seen.get(n));
            }
            exchange.wire().write(']');
        });
        DockerEngine engine = new DockerEngine(new HttpClient(Endpoint.parse(fake.host())), PATIENT, label -> true);
        assertThat(engine.list(container ->
                        seen.get(Integer.parseInt(container.id(), 16)).countDown()))
                .isEqualTo(3);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(5, TimeUnit.SECONDS)) {
                throw new IOException("the client has not handed over what it has");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** 30 MB, in a Java with a heap of 16. */
    @Test
    void tenThousandContainersPassThroughAHeapHalfTheirSize() throws Exception {
        addTenThousand();
        assertThat(reader("count")).isEqualTo("10000 containers, 0 kept\n");
    }

    /** The proof of the proof: a Java of that size that keeps what it is handed fails. */
    @Test
    void whichCouldNotHoldThem() throws Exception {
        addTenThousand();
        assertThat(reader("keep")).contains("OutOfMemoryError");
    }

    private void addTenThousand() {
        String pad = "x".repeat(2700);
        fake.addMany(10_000, "running").forEach(container -> container.label("pad", pad));
    }

    private String reader(String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        fake.host(),
                        what)
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs in a Java of its own. */
    static final class Reader {

        public static void main(String[] args) throws EngineException {
            DockerEngine engine = new DockerEngine(new HttpClient(Endpoint.parse(args[0])), PATIENT, label -> true);
            List<Container> kept = new ArrayList<>();
            int count = engine.list(container -> {
                if (args[1].equals("keep")) {
                    kept.add(container);
                }
            });
            System.out.println(count + " containers, " + kept.size() + " kept");
        }

        private Reader() {}
    }
}
