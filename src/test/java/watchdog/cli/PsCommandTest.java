package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;

class PsCommandTest {

    @TempDir
    private Path folder;

    private FakeEngine engine;

    @BeforeEach
    void startEngine() {
        engine = FakeEngine.onUnixSocket(folder.resolve("d.sock"));
    }

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    /** The lines of the table but for its head. */
    private List<String> ps(String... args) {
        StringWriter out = new StringWriter();
        Cli cli = new Cli(Map.of("DOCKER_HOST", engine.host()), "", config -> 77);
        int status = cli.run(
                cli.commandLine().setOut(new PrintWriter(out)),
                Stream.concat(Stream.of("ps"), Stream.of(args)).toArray(String[]::new));

        assertThat(status).isZero();
        return out.toString().lines().skip(1).toList();
    }

    @Test
    void aContainerThatCannotBeInspectedCostsTheDetailsOfItsRow() {
        FakeContainer api = engine.add("api");
        FakeContainer web = engine.add("web").exited(3, Duration.ofMinutes(5));
        engine.fault("/containers/" + web.id() + "/json", Fault.status(500, "no such device"));

        assertThat(ps("--list=web,api"))
                .satisfiesOnlyOnce(
                        row -> assertThat(row).contains("leave: it is running").endsWith(api.name()))
                .satisfiesOnlyOnce(row -> assertThat(row)
                        .contains("exited", "Exited (3)", "unknown: it cannot be inspected: ", "no such device")
                        .endsWith(web.name()))
                .hasSize(2);
    }

    @Test
    void anInspectionThatIsNotAnsweredInTimeCostsTheDetailsOfItsRow() {
        engine.add("api");
        FakeContainer web = engine.add("web");
        engine.fault("/containers/" + web.id() + "/json", Fault.hang());

        assertThat(ps("--list=web,api", "--timeout=200ms"))
                .hasSize(2)
                .anyMatch(row -> row.contains("leave: it is running"))
                .anyMatch(row ->
                        row.contains("unknown: it cannot be inspected: ") && row.contains("no answer for 200 ms"));
    }

    @Test
    void imagesThatAnswerLateCostTheirSizes() {
        engine.add("web");
        engine.fault("/images/json", Fault.hang());

        assertThat(ps("--list=web", "--timeout=200ms"))
                .singleElement()
                .asString()
                .contains("leave: it is running");
    }

    @Test
    void eachNameGlobAndLabelWithoutAContainerHasARow() {
        engine.add("web");

        assertThat(ps("--list=web,api,db-*", "--label=team=a"))
                .hasSize(4)
                .anyMatch(row -> row.matches(".* wait: there is no such container +api"))
                .anyMatch(row -> row.matches(".* wait: there is no such container +db-\\*"))
                .anyMatch(row -> row.matches(".* wait: there is no such container +label team=a"));
    }

    @Test
    void whatComposeIsReplacingIsLeftAsTheDaemonWould() {
        engine.add("web");
        engine.add("249662c60a09_web").exited(1, Duration.ofMinutes(5));

        assertThat(ps("--list=*")).hasSize(2).anyMatch(row -> row.contains("leave: compose is replacing it"));
    }
}
