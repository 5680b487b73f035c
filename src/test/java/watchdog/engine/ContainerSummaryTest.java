package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerSummaryTest {

    private static final ContainerSummary EMPTY = new ContainerSummary("", List.of(), "", "", "", "", Map.of(), "");

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
                        "0e1f",
                        List.of("/proxy/backend", "/web"),
                        "busybox:local",
                        "sha256:ab12",
                        "exited",
                        "Exited (137) 3 seconds ago",
                        Map.of("com.docker.compose.project", "shop", "team", "a"),
                        "default"));
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
        assertThat(EMPTY.name()).isEmpty();
    }

    @Test
    void readsALabelWithoutAValue() throws IOException {
        assertThat(read("{\"Labels\":{\"a\":null,\"b\":\"\",\"c\":\"d\"}}").labels())
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
        assertThat(read("{\"Names\":[" + array + "]}").name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"exited, exited", "stopped, exited", "running, running", "something new, something new"})
    void putsPodmansWordForTheStateIntoDockers(String told, String state) throws IOException {
        assertThat(read("{\"State\":\"" + told + "\"}").state()).isEqualTo(state);
    }

    private static ContainerSummary read(String json) throws IOException {
        return ApiJson.summary(json.getBytes(UTF_8));
    }
}
