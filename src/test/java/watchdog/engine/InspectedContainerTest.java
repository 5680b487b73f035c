package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Setup;
import watchdog.policy.Status;

/** What an inspection tells of a container. */
class InspectedContainerTest {

    /** As Docker 20.10.24 answers, fields that watchdog does not know included. */
    @Test
    void readsAContainer() throws IOException {
        assertThat(read("""
                {
                  "Id": "0e1f",
                  "Created": "2025-11-22T16:30:00.000000001Z",
                  "Path": "sh",
                  "State": {
                    "Status": "exited",
                    "Running": false,
                    "OOMKilled": true,
                    "Pid": 0,
                    "ExitCode": 137,
                    "Error": "port is already allocated",
                    "StartedAt": "2025-11-22T16:30:01.123456789Z",
                    "FinishedAt": "2025-11-22T16:31:02Z",
                    "Health": {"Status": "unhealthy", "FailingStreak": 3, "Log": [{"ExitCode": 1}]}
                  },
                  "Image": "sha256:ab12",
                  "Name": "/web",
                  "HostConfig": {
                    "NetworkMode": "container:ab12",
                    "RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 3},
                    "AutoRemove": true
                  },
                  "Config": {
                    "Image": "busybox:local",
                    "Labels": {"team": "a"},
                    "Env": null,
                    "StopSignal": "SIGQUIT",
                    "StopTimeout": 30
                  },
                  "NetworkSettings": {"Networks": {"bridge": {"IPAddress": ""}}}
                }
                """))
                .isEqualTo(new Container(
                        "0e1f",
                        "web",
                        new Status(
                                ContainerState.EXITED,
                                Health.UNHEALTHY,
                                OptionalInt.of(137),
                                "port is already allocated",
                                Instant.parse("2025-11-22T16:30:01.123456789Z"),
                                Instant.parse("2025-11-22T16:31:02Z"),
                                Duration.ZERO),
                        new Setup(
                                Map.of("team", "a"),
                                List.of("ab12"),
                                "on-failure",
                                true,
                                "SIGQUIT",
                                Duration.ofSeconds(30),
                                "busybox:local")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'Id':null,'Name':null,'Image':null,'State':null,'HostConfig':null,'Config':null}",
                "{'State':{'Status':null,'Health':null,'ExitCode':null,'Error':null,'StartedAt':null,'FinishedAt':null}}",
                "{'HostConfig':{'NetworkMode':null,'AutoRemove':null},'Config':{'StopTimeout':null,'StopSignal':null}}",
                "{'HostConfig':{'NetworkMode':{},'IpcMode':1,'PidMode':[],'AutoRemove':'x'},'Config':{'StopTimeout':'soon','StopSignal':{}}}",
                "{'HostConfig':{'RestartPolicy':null},'Config':{'Labels':null},'State':{'Health':{'Status':null}}}",
                "{'Id':[],'Name':{},'Image':[],'State':[],'HostConfig':'x','Config':1}",
                "{'State':{'Status':{},'Health':'x','ExitCode':'x','Error':[],'StartedAt':1,'FinishedAt':{}}}",
            })
    void readsAsEmptyWhatIsMissingOrOfAnotherType(String json) throws IOException {
        assertThat(read(json.replace('\'', '"')))
                .isEqualTo(new Container(
                        "",
                        "",
                        new Status(
                                ContainerState.UNKNOWN, Health.NONE, OptionalInt.of(0), "", null, null, Duration.ZERO),
                        Setup.of(Map.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "default, {}, true, true",
        "my-net, {}, true, true",
        "default, {}, false, false",
        "default, '{\"bridge\":{}}', true, false",
        "bridge, '{\"my-net\":{}}', true, false",
        "none, {}, true, false",
        "host, {}, true, false",
        "container:ab12, {}, true, false",
        "'', {}, true, false",
        "default, null, true, false",
        "default, [], true, false"
    })
    void tellsThatItRunsWithoutANetwork(String mode, String networks, boolean runs, boolean lacksNetwork)
            throws IOException {
        String json = "{\"State\":{\"Running\":" + runs + "},\"HostConfig\":{\"NetworkMode\":\"" + mode
                + "\"},\"NetworkSettings\":{\"Networks\":" + networks + "}}";

        assertThat(read(json).status().lacksNetwork()).isEqualTo(lacksNetwork);
        assertThat(read(json, true).status().lacksNetwork()).as("of Podman").isFalse();
    }

    @ParameterizedTest
    @CsvSource({"137, 137", "4294967296, 0", "'\"137\"', 0", "1.5, 0", "1e30, 0"})
    void readsAnExitCode(String told, int expected) throws IOException {
        assertThat(read("{\"State\":{\"ExitCode\":" + told + "}}").status().exitCode())
                .hasValue(expected);
    }

    /** As Docker 20.10 writes them: it keeps the id, whatever was given. */
    @ParameterizedTest
    @CsvSource({
        "container:a, private, '', a",
        "none, container:a, '', a",
        "none, private, container:a, a",
        "container:a, container:b, container:c, a b c",
        "container:a, container:b, container:a, a b",
        "default, shareable, host, ''",
        "host, host, host, ''",
        "my-container:a, Container:a, container, ''",
    })
    void readsTheProvidersOfItsNamespacesEachOnce(String network, String ipc, String pid, String providers)
            throws IOException {
        String host = "{\"NetworkMode\":\"%s\",\"IpcMode\":\"%s\",\"PidMode\":\"%s\"}".formatted(network, ipc, pid);

        assertThat(String.join(
                        " ", read("{\"HostConfig\":" + host + "}").setup().providers()))
                .isEqualTo(providers);
    }

    /** Zero is a stop timeout too: kill at once. */
    @ParameterizedTest
    @CsvSource({"0, PT0S", "90, PT1M30S"})
    void readsAStopTimeout(String seconds, Duration expected) throws IOException {
        assertThat(read("{\"Config\":{\"StopTimeout\":" + seconds + "}}")
                        .setup()
                        .stopTimeout())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-22T16:30:00Z,                2025-11-22T16:30:00Z",
        "2025-11-22T16:30:00.1Z,              2025-11-22T16:30:00.1Z",
        "2025-11-22T16:30:00.123456789Z,      2025-11-22T16:30:00.123456789Z",
        "2025-11-22T18:30:00.5+02:00,         2025-11-22T16:30:00.5Z",
        "2025-11-22T11:00:00.000000001-05:30, 2025-11-22T16:30:00.000000001Z",
        "1970-01-01T00:00:01Z,                1970-01-01T00:00:01Z",
    })
    void readsTimes(String time, Instant expected) throws IOException {
        Status status = read(stateAt(time)).status();
        assertThat(status.startedAt()).isEqualTo(expected);
        assertThat(status.finishedAt()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "0001-01-01T00:00:00.000000000+00:00",
                "1970-01-01T00:00:00Z",
                "",
                "yesterday",
                "2025-11-22",
                "2025-11-22T16:30:00",
                "2025-13-22T16:30:00Z",
                "+10000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
            })
    void readsAsNeverWhatIsNoTimeOrTheFirstOfAll(String time) throws IOException {
        Status status = read(stateAt(time)).status();
        assertThat(status.startedAt()).isNull();
        assertThat(status.finishedAt()).isNull();
    }

    private static String stateAt(String time) {
        return "{\"State\":{\"StartedAt\":\"%s\",\"FinishedAt\":\"%s\"}}".formatted(time, time);
    }

    @ParameterizedTest
    @CsvSource({"exited, EXITED", "stopped, EXITED", "running, RUNNING", "something new, UNKNOWN"})
    void putsPodmansWordForTheStateIntoDockers(String told, ContainerState state) throws IOException {
        assertThat(read("{\"State\":{\"Status\":\"" + told + "\"}}").state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"/web, web", "web, web", "'', ''", "//web, /web"})
    void takesTheSlashOffTheName(String name, String expected) throws IOException {
        assertThat(read("{\"Name\":\"" + name + "\"}").name()).isEqualTo(expected);
    }

    /** As the last outputs of a health check, or the layers of an image. */
    @Test
    void passesOverWhatItDoesNotNeedWhereThatIsLong() throws IOException {
        String text = "\"" + "x".repeat((1 << 20) + 1) + "\"";
        String health = "{\"Log\":[{\"Output\":" + text + "}],\"Status\":\"healthy\"}";
        String driver = "{\"Data\":{\"LowerDir\":" + text + "}}";
        Container seen = read("{\"GraphDriver\":" + driver + ",\"State\":{\"Health\":" + health
                + "},\"Config\":{\"Env\":[" + text + "],\"StopTimeout\":7}}");
        assertThat(seen.status().health()).isEqualTo(Health.HEALTHY);
        assertThat(seen.setup().stopTimeout()).isEqualTo(Duration.ofSeconds(7));
    }

    private static Container read(String json) throws IOException {
        return read(json, false);
    }

    private static Container read(String json, boolean podman) throws IOException {
        return ApiJson.container(new ByteArrayInputStream(json.getBytes(UTF_8)), label -> true, podman);
    }
}
