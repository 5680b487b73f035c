package watchdog.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names the server may be asked for. */
class AskedForTest {

    private final AskedFor askedFor = new AskedFor(Optional.of("watchdog.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:9595",
                "127.0.0.1",
                "10.0.0.7:80",
                "[::1]:9595",
                "[fe80::1]",
                "localhost",
                "LocalHost:1",
                "watchdog.example",
                "Watchdog.Example:9595"
            })
    void addressesLocalhostAndTheNameAreAllowed(String host) {
        assertThat(askedFor.allows(List.of(host))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":9595",
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "evil.example:9595",
                "watchdog.example.evil",
                "xwatchdog.example",
                "localhost:9595:1",
                "1.2.3",
                "256.1.1.1",
                "0x7f000001",
                "2130706433",
                "[evil]",
                "[::1",
                "::1",
                "localhost@evil.example",
                "127.0.0.1/",
                " localhost"
            })
    void whatElseAPageMayHaveBeenLoadedFromIsNot(String host) {
        assertThat(askedFor.allows(List.of(host))).isFalse();
    }

    @Test
    void itIsToBeSaidOnce() {
        assertThat(askedFor.allows(List.of())).isFalse();
        assertThat(askedFor.allows(List.of("localhost", "localhost"))).isFalse();
        assertThat(new AskedFor(Optional.empty()).allows(List.of("watchdog.example")))
                .isFalse();
    }
}
