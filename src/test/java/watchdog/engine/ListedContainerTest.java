package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Setup;
import watchdog.policy.Status;

/** What a listing tells of a container. */
class ListedContainerTest {

    private static final ContainerSummary EMPTY = new ContainerSummary(
            new Container("", "", Status.of(ContainerState.UNKNOWN), Setup.of(Map.of())), "", "", "");

    /** As Docker 20.10.24 answers, fields that watchdog does not know included. */
    @Test
    void readsARow() throws IOException {
        assertThat(read("""
                {
                  "Id": "0e1f",
                  "Names": ["/proxy/backend", "/web"],
                  "Image": "busybox:local",
                  "ImageID": "sha256:ab12",
                  "Command": "sh -c 'sleep 1'",
                  "Created": 1763829000,
                  "Ports": [{"IP": "0.0.0.0", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"}],
                  "Labels": {"com.docker.compose.project": "shop", "team": "a"},
                  "State": "exited",
                  "Status": "Exited (137) 3 seconds ago",
                  "HostConfig": {"NetworkMode": "default", "Annotations": {"nested": {"deep": [1, null]}}},
                  "NetworkSettings": {"Networks": {"bridge": {"IPAddress": ""}}},
                  "Mounts": []
                }
                """))
                .isEqualTo(new ContainerSummary(
                        new Container(
                                "0e1f",
                                "web",
                                Status.exited(137).withDownFor(Duration.ofSeconds(3)),
                                new Setup(
                                        Map.of("com.docker.compose.project", "shop", "team", "a"),
                                        List.of(),
                                        "",
                                        false,
                                        "",
                                        null,
                                        "busybox:local")),
                        "busybox:local",
                        "sha256:ab12",
                        "Exited (137) 3 seconds ago"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'Id':null,'Names':null,'Image':null,'ImageID':null,'State':null,'Status':null,'Labels':null}",
                "{'Id':{},'Names':{},'Image':[],'ImageID':{},'State':[],'Status':{},'Labels':[]}",
                "{'Names':'web','Labels':'team=a'}",
                "{'HostConfig':null}",
                "{'HostConfig':'host'}",
                "{'HostConfig':{'NetworkMode':{}}}",
            })
    void readsAsEmptyWhatIsMissingOrOfAnotherType(String json) throws IOException {
        assertThat(read(json.replace('\'', '"'))).isEqualTo(EMPTY);
    }

    @Test
    void readsALabelWithoutAValue() throws IOException {
        assertThat(read("{\"Labels\":{\"a\":null,\"b\":\"\",\"c\":\"d\"}}")
                        .container()
                        .setup()
                        .labels())
                .isEqualTo(Map.of("a", "", "b", "", "c", "d"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'/web'                        | web",
                "'/web','/proxy/web'           | web",
                "'/proxy/backend','/web'       | web",
                "'/a/b','/c/d','/web','/e/f'   | web",
                "'web'                         | web",
                "'/0123456789ab_web'           | 0123456789ab_web",
                "'/proxy/backend'              | \"\"",
                "                              | \"\"",
            })
    void hasANameOfItsOwnWhichNoLinkAliasIs(String names, String name) throws IOException {
        String array = names == null ? "" : names.replace('\'', '"');
        assertThat(read("{\"Names\":[" + array + "]}").container().name()).isEqualTo(name);
    }

    @Test
    void readsTheProviderOfTheNetwork() throws IOException {
        assertThat(read("{\"HostConfig\":{\"NetworkMode\":\"container:ab12\"}}")
                        .container()
                        .setup()
                        .providers())
                .containsExactly("ab12");
    }

    @Test
    void keepsTheLabelsThatAreNeeded() throws IOException {
        byte[] json = "{\"Labels\":{\"a\":\"1\",\"b\":\"2\"}}".getBytes(UTF_8);

        assertThat(ApiJson.summary(json, "a"::equals).container().setup().labels())
                .isEqualTo(Map.of("a", "1"));
    }

    @ParameterizedTest
    @CsvSource({"exited, EXITED", "stopped, EXITED", "running, RUNNING", "something new, UNKNOWN"})
    void putsPodmansWordForTheStateIntoDockers(String told, ContainerState state) throws IOException {
        assertThat(read("{\"State\":\"" + told + "\"}").container().state()).isEqualTo(state);
    }

    private static ContainerSummary read(String json) throws IOException {
        return ApiJson.summary(json.getBytes(UTF_8), label -> true);
    }
}
