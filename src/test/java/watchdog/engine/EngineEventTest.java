package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineEventTest {

    /** As Docker 20.10.24 tells it, with the fields that are gone from API 1.52 on. */
    @Test
    void readsOneOfDockers() throws IOException {
        assertThat(read("""
                {
                  "status": "die",
                  "id": "0e1f",
                  "from": "busybox:local",
                  "Type": "container",
                  "Action": "die",
                  "Actor": {
                    "ID": "0e1f",
                    "Attributes": {"execDuration": "3", "exitCode": "137", "image": "busybox:local", "name": "web"}
                  },
                  "scope": "local",
                  "time": 1763829000,
                  "timeNano": 1763829000000000001
                }
                """))
                .isEqualTo(new EngineEvent(
                        "0e1f",
                        "die",
                        Map.of("execDuration", "3", "exitCode", "137", "image", "busybox:local", "name", "web"),
                        false,
                        Instant.parse("2025-11-22T16:30:00.000000001Z")))
                .returns("web", EngineEvent::name)
                .returns(137, event -> event.exitCode().orElse(-1))
                .returns("", EngineEvent::health)
                .returns(true, EngineEvent::tellsWhy)
                .returns(false, EngineEvent::isOutOfMemory);
    }

    /** As Podman 4.3.1 tells it. */
    @Test
    void readsOneOfPodmans() throws IOException {
        assertThat(read("""
                {
                  "status": "died",
                  "id": "0e1f",
                  "from": "localhost/busybox:latest",
                  "Type": "container",
                  "Action": "died",
                  "Actor": {
                    "ID": "0e1f",
                    "Attributes": {"containerExitCode": "3", "exitCode": "3", "name": "web", "podId": ""}
                  },
                  "scope": "local",
                  "time": 1763829000,
                  "timeNano": 1763829000000000001
                }
                """, true))
                .returns("die", EngineEvent::action)
                .returns("0e1f", EngineEvent::id)
                .returns("web", EngineEvent::name)
                .returns(3, event -> event.exitCode().orElse(-1))
                .returns(false, EngineEvent::tellsWhy);
    }

    @ParameterizedTest
    @CsvSource({
        "start, start",
        "die, die",
        "died, die",
        "destroy, destroy",
        "remove, destroy",
        "kill, kill",
        "stop, stop",
        "rename, rename",
        "pause, pause",
        "unpause, unpause",
        "something new, something new",
    })
    void putsPodmansWordsIntoDockers(String told, String action) throws IOException {
        assertThat(read("{\"Action\":\"" + told + "\"}").action()).isEqualTo(action);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'Action':'health_status: unhealthy'}                                              | unhealthy",
                "{'Action':'health_status: healthy'}                                                | healthy",
                "{'Action':'health_status','HealthStatus':'unhealthy'}                              | unhealthy",
                "{'Action':'health_status','Actor':{'Attributes':{'health_status':'healthy'}}}      | healthy",
                "{'Action':'health_status'}                                                         | \"\"",
                "{'Action':'health_status','HealthStatus':null}                                     | \"\"",
                "{'Action':'die','HealthStatus':'unhealthy'}                                        | \"\"",
            })
    void readsHealthFromDockersActionAndPodmansField(String json, String health) throws IOException {
        assertThat(read(json.replace('\'', '"')).health()).isEqualTo(health);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'Action':'oom'}                                             | false | true",
                "{'Action':'die','Actor':{'Attributes':{'oomKilled':'true'}}}  | false | false",
                "{'Action':'die','Actor':{'Attributes':{'oomKilled':'true'}}}  | true  | true",
                "{'Action':'died','Actor':{'Attributes':{'oomKilled':'true'}}} | true  | true",
                "{'Action':'die','Actor':{'Attributes':{'oomKilled':'false'}}} | true  | false",
                "{'Action':'die','Actor':{'Attributes':{'exitCode':'137'}}}    | true  | false",
            })
    void knowsOutOfMemoryByDockersEventAndPodmansAttribute(String json, boolean podman, boolean oom)
            throws IOException {
        assertThat(read(json.replace('\'', '"'), podman).isOutOfMemory()).isEqualTo(oom);
    }

    @ParameterizedTest
    @CsvSource({"web, web", "/web, web", "'', ''"})
    void takesTheSlashOffTheName(String told, String name) {
        assertThat(new EngineEvent("0e1f", "start", Map.of("name", told), false, null).name())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"15, 15", "0, 0", "'', -1", "SIGTERM, -1", "-3, -1", "99999999999, -1", "1.5, -1"})
    void readsANumberWhereThereIsOne(String told, int number) {
        EngineEvent event = new EngineEvent("0e1f", "kill", Map.of("signal", told, "exitCode", told), false, null);
        assertThat(event.signal().orElse(-1)).isEqualTo(number);
        assertThat(event.exitCode().orElse(-1)).isEqualTo(number);
    }

    @Test
    void hasNoNumberWhereNothingIsTold() {
        assertThat(new EngineEvent("0e1f", "kill", Map.of(), false, null).signal())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'Action':null,'Actor':null}",
                "{'Action':{},'Actor':[]}",
                "{'Action':[],'Actor':{'ID':null,'Attributes':null}}",
                "{'Actor':{'ID':{},'Attributes':'name=web'}}",
            })
    void readsAsEmptyWhatIsMissingOrOfAnotherType(String json) throws IOException {
        assertThat(read(json.replace('\'', '"')))
                .isEqualTo(new EngineEvent("", "", Map.of(), false, null))
                .returns("", EngineEvent::name);
    }

    /** Docker 20.10 copies a container's labels over the event's own attributes. */
    @ParameterizedTest
    @ValueSource(strings = {"name", "exitCode", "signal", "oomKilled"})
    void doesNotKnowWhatALabelMayHaveTakenThePlaceOf(String label) {
        Map<String, String> attributes = Map.of("name", "web", "exitCode", "1", "signal", "9", "oomKilled", "true");
        Map<String, String> others = new HashMap<>(attributes);
        others.remove(label);

        EngineEvent event = new EngineEvent("0e1f", "die", attributes, true, null).without(Set.of(label, "team"));

        assertThat(event).isEqualTo(new EngineEvent("0e1f", "die", others, true, null));
        assertThat(EngineEvent.isAttribute(label)).isTrue();
    }

    private static EngineEvent read(String json) throws IOException {
        return read(json, false);
    }

    private static EngineEvent read(String json, boolean podman) throws IOException {
        return ApiJson.event(json.getBytes(UTF_8), podman);
    }
}
