package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import watchdog.serve.HttpSettings;

/** Where it is said to serve what there is to read. */
class HttpOptionsTest extends CommandLineBench {

    @Test
    void nothingIsServedUnlessAskedFor() {
        assertThat(config("--list=web").http()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "9595,              127.0.0.1,   9595",
        "1,                 127.0.0.1,   1",
        "65535,             127.0.0.1,   65535",
        "localhost:9595,    127.0.0.1,   9595",
        "127.0.0.1:9595,    127.0.0.1,   9595",
        "0.0.0.0:80,        0.0.0.0,     80",
        "192.168.250.9:80,  192.168.250.9, 80",
        "[::1]:9595,        [::1],       9595",
        "[::]:9595,         [::],        9595",
        "[::ffff:1.2.3.4]:9, [::ffff:1.2.3.4], 9",
    })
    void itIsServedOnThisHostOnlyUnlessAnAddressIsGiven(String value, String address, int port) {
        assertThat(config("--http=" + value).http()).contains(new HttpSettings(address, port, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"watchdog", "watchdog.example.org", "W-1.example", "9.lan"})
    void itMayBeAskedForByOneNameBesides(String name) {
        assertThat(config("--http-host=" + name, "--http=9595").http())
                .contains(new HttpSettings("127.0.0.1", 9595, Optional.of(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "0",
        "65536",
        "100000",
        "web",
        ":9595",
        "web:9595",
        "1.2.3:9595",
        "1.2.3.256:9595",
        "::1:9595",
        "[]:9595",
        "[a]:9595",
        "[::1], [1.2.3.4]:9595",
        "127.0.0.1:",
        "http://127.0.0.1:9595",
        "-1",
        "127.0.0.1:0"
    })
    void anythingElseIsWrong(String value) {
        Outcome outcome = run("--list=web", "--http=" + value);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("watchdog: --http=" + value + ": ")
                .endsWith("use PORT or ADDRESS:PORT, as in 9595, 0.0.0.0:9595, [::1]:9595");
    }

    @ParameterizedTest
    @CsvSource({"''", "web:80", "a b", "-a", "a-", "a..b", ".", "a_b", "http://a"})
    void aNameIsOneOfAHost(String name) {
        Outcome outcome = run("--list=web", "--http=9595", "--http-host=" + name);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err().get(0))
                .isEqualTo("watchdog: --http-host=" + name + ": use a name without a port, as in watchdog.example.org");
    }

    @Test
    void aNameAloneServesNothing() {
        Outcome outcome = run("--list=web", "--http-host=watchdog");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err().get(0)).contains("nothing is served without --http");
    }
}
