package watchdog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.fake.Fault;

/** What Podman says of a death beside its events, as 5.4.2 and 5.8.6 do. */
class PodmanDeathsTest extends DockerEngineBench {

    private static final String ID = "1f".repeat(32);
    private static final String ASKED = "/v5.0.0/libpod/containers/" + ID + "/json";

    private static final String CRASHED = """
            {"Id": "1f", "State": {"OciVersion": "1.2.1", "Status": "exited", "Running": false, "ExitCode": 137}}
            """;
    private static final String STOPPED = CRASHED.replace("137", "137, \"StoppedByUser\": true");

    private static String event(String action) {
        return "{\"Type\":\"container\",\"Action\":\"" + action + "\",\"Actor\":{\"ID\":\"" + ID + "\"}}\n";
    }

    /** The last event of these, told by Podman of that version. */
    private EngineEvent lastOf(String version, String... actions) throws Exception {
        String events = String.join(
                "", List.of(actions).stream().map(PodmanDeathsTest::event).toList());
        fake.fault("/events", Fault.raw("HTTP/1.0 200 OK\r\nLibpod-Api-Version: " + version + "\r\n\r\n" + events));
        EngineEvent last = null;
        try (EventStream stream = engine.events()) {
            for (Optional<EngineEvent> next = stream.next(); next.isPresent(); next = stream.next()) {
                last = next.get();
            }
        }
        return last;
    }

    private void saysOfIt(String answer) {
        fake.fault(ASKED, Fault.body(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.0.0", "5.8.6", "10.0.0-dev"})
    void aDeathThatNobodyWantedIsACrash(String version) throws Exception {
        saysOfIt(CRASHED);

        assertThat(lastOf(version, "start", "die"))
                .returns(true, EngineEvent::tellsWhy)
                .returns(false, EngineEvent::isStop);
        assertThat(fake.requests("GET", ASKED)).hasSize(1);
    }

    @Test
    void oneThatSomebodyWantedIsAStop() throws Exception {
        saysOfIt(STOPPED);

        assertThat(lastOf("5.8.6", "start", "die"))
                .returns(true, EngineEvent::tellsWhy)
                .returns(true, EngineEvent::isStop);
    }

    /** Podman says the same after any signal, HUP too, until the next start; of a crash there is no doubt. */
    @ParameterizedTest
    @CsvSource({
        "kill die, false, false",
        "start kill die, false, false",
        "start die start kill die, false, false",
        "start kill start die, true, true"
    })
    void aStopIsBelievedOnlyOfOneThatIsKnownToHaveBeenSentNoSignal(String told, boolean tellsWhy, boolean isStop)
            throws Exception {
        saysOfIt(STOPPED);

        assertThat(lastOf("5.8.6", told.split(" ", -1)))
                .returns(tellsWhy, EngineEvent::tellsWhy)
                .returns(isStop, EngineEvent::isStop);
    }

    @Test
    void aStopOfOneWhoseStartWasNotSeenIsNotKnown() throws Exception {
        saysOfIt(STOPPED);

        assertThat(lastOf("5.8.6", "die")).returns(false, EngineEvent::tellsWhy).returns(false, EngineEvent::isStop);
    }

    @Test
    void aStopIsNotBelievedWhereASignalMayHaveBeenMissedBetweenTwoStreams() throws Exception {
        saysOfIt(STOPPED);
        assertThat(lastOf("5.8.6", "start").action()).isEqualTo("start");

        assertThat(lastOf("5.8.6", "die")).returns(false, EngineEvent::tellsWhy).returns(false, EngineEvent::isStop);
    }

    @Test
    void aCrashOfOneWhoseStartWasNotSeenIsKnown() throws Exception {
        saysOfIt(CRASHED);

        assertThat(lastOf("5.8.6", "die")).returns(true, EngineEvent::tellsWhy);
    }

    /** By then it is somebody else's business, or runs again; {@code StoppedByUser} is of the new run. */
    @ParameterizedTest
    @ValueSource(strings = {"running", "paused", "stopping", "removing", "created", ""})
    void nothingIsKnownOfOneThatIsNotDownWhenAskedAbout(String state) throws Exception {
        saysOfIt(CRASHED.replace("exited", state));

        assertThat(lastOf("5.8.6", "start", "die")).returns(false, EngineEvent::tellsWhy);
    }

    @Test
    void oneThatIsNotYetClearedAwayIsDown() throws Exception {
        saysOfIt(CRASHED.replace("exited", "stopped"));

        assertThat(lastOf("5.8.6", "start", "die")).returns(true, EngineEvent::tellsWhy);
    }

    @Test
    void nothingIsKnownWherePodmanOrAProxyRefuses() throws Exception {
        fake.fault(ASKED, Fault.proxyRefusal());

        assertThat(lastOf("5.8.6", "start", "die")).returns(false, EngineEvent::tellsWhy);
    }

    /** They answer the same, but without {@code StoppedByUser}. */
    @ParameterizedTest
    @ValueSource(strings = {"4.3.1", "4.9.4", "", "five", "1000000000000.1"})
    void anOlderOneIsNotAsked(String version) throws Exception {
        saysOfIt(CRASHED);

        assertThat(lastOf(version, "start", "die")).returns(false, EngineEvent::tellsWhy);
        assertThat(fake.requests("GET", ASKED)).isEmpty();
    }

    @Test
    void whatAnEventSaysIsNotAskedFor() throws Exception {
        saysOfIt(STOPPED);
        String outOfMemory = event("die").replace("{\"ID\"", "{\"Attributes\":{\"oomKilled\":\"true\"},\"ID\"");
        fake.fault("/events", Fault.raw("HTTP/1.0 200 OK\r\nLibpod-Api-Version: 5.8.6\r\n\r\n" + outOfMemory));

        try (EventStream stream = engine.events()) {
            assertThat(stream.next().orElseThrow())
                    .returns(true, EngineEvent::isOutOfMemory)
                    .returns(false, EngineEvent::isStop);
        }
        assertThat(fake.requests("GET", ASKED)).isEmpty();
    }
}
