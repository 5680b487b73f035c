package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineVersionTest {

    @Test
    void readsDockers() throws IOException {
        assertThat(read("""
                {
                  "Platform": {"Name": "Docker Engine - Community"},
                  "Components": [
                    {"Name": "Engine", "Version": "28.5.2", "Details": {"ApiVersion": "1.51"}},
                    {"Name": "containerd", "Version": "1.7.28"},
                    {"Name": "runc", "Version": "1.3.3"}
                  ],
                  "Version": "28.5.2",
                  "ApiVersion": "1.51",
                  "MinAPIVersion": "1.24"
                }
                """)).isEqualTo("Docker 28.5.2 (API 1.51)");
    }

    @Test
    void readsPodmans() throws IOException {
        assertThat(read("""
                {
                  "Platform": {"Name": "linux/amd64/debian-12"},
                  "Components": [
                    {"Name": "Podman Engine", "Version": "4.3.1", "Details": {"APIVersion": "4.3.1"}},
                    {"Name": "Conmon", "Version": "conmon version 2.1.6"},
                    {"Name": "OCI Runtime (crun)", "Version": "crun version 1.8.1"}
                  ],
                  "Version": "4.3.1",
                  "ApiVersion": "1.41",
                  "MinAPIVersion": "1.24"
                }
                """)).isEqualTo("Podman 4.3.1 (API 1.41)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'Components':null,'Version':null,'ApiVersion':null}",
                "{'Components':[null,1,{},{'Name':null}],'Version':{},'ApiVersion':[]}",
            })
    void asksWhatIsMissing(String json) throws IOException {
        assertThat(read(json.replace('\'', '"'))).isEqualTo("Docker ? (API ?)");
    }

    private static String read(String json) throws IOException {
        return ApiJson.version(new ByteArrayInputStream(json.getBytes(UTF_8)));
    }
}
