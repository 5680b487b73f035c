package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "unix:///var/run/docker.sock, /var/run/docker.sock",
        "/var/run/docker.sock,        /var/run/docker.sock",
        "'  unix:///run/d.sock ',     /run/d.sock",
        "/run/with blank/d.sock,      /run/with blank/d.sock",
    })
    void readsAUnixSocket(String host, Path path) {
        assertThat(Endpoint.parse(host)).isInstanceOf(UnixEndpoint.class).hasToString("unix://" + path);
        assertThat(Endpoint.unix(path)).hasToString("unix://" + path);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://localhost:2376,     localhost,      2376",
        "tcp://localhost,          localhost,      2375",
        "tcp://localhost:2375/,    localhost,      2375",
        "tcp://10.1.2.3:1,         10.1.2.3,       1",
        "tcp://docker-proxy:65535, docker-proxy,   65535",
        "tcp://[::1]:2375,         [::1],          2375",
        "tcp://[fe80::1%2],     '[fe80::1%2]', 2375",
    })
    void readsATcpAddress(String host, String name, int port) {
        assertThat(Endpoint.parse(host)).isEqualTo(new TcpEndpoint(name, port));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                   | no path, use unix:///path, tcp://host:port or a path",
                "'  '                 | no path, use unix:///path, tcp://host:port or a path",
                "unix://              | no path, use unix:///path, tcp://host:port or a path",
                "run/docker.sock      | not a path from the root, use unix:///path, tcp://host:port or a path",
                "unix://run/d.sock    | not a path from the root, use unix:///path, tcp://host:port or a path",
                "localhost:2375       | not a path from the root, use unix:///path, tcp://host:port or a path",
                "ssh://host           | ssh:// is not for watchdog; forward the socket by ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock user@host, then use --host=/tmp/docker.sock",
                "http://host:2375     | unknown scheme 'http', use unix:///path, tcp://host:port or a path",
                "tcp://               | not an address, use tcp://host:port",
                "tcp://:2375          | not an address, use tcp://host:port",
                "tcp://host:          | not an address, use tcp://host:port",
                "tcp://host:port      | not an address, use tcp://host:port",
                "tcp://host:123456    | not an address, use tcp://host:port",
                "tcp://host:2375/path | not an address, use tcp://host:port",
                "tcp://a b:2375       | not an address, use tcp://host:port",
                "tcp://::1:2375       | not an address, use tcp://host:port",
                "tcp://user@host:1:2  | not an address, use tcp://host:port",
                "tcp://host:0         | port 0 is not between 1 and 65535",
                "tcp://host:65536     | port 65536 is not between 1 and 65535",
            })
    void saysWhatIsWrongAndWhatWouldBeRight(String host, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(host))
                .withMessage(message);
    }

    @Test
    void takesTheLongestPathThatASocketCanHave() {
        String path = "/" + "x".repeat(106);
        assertThat(Endpoint.parse(path)).hasToString("unix://" + path);
    }

    /** Counted in bytes: each of the letters is two. */
    @ParameterizedTest
    @CsvSource({"x, 107", "\u00e9, 54"})
    void refusesALongerPath(String letter, int times) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse("/" + letter.repeat(times)))
                .withMessage("the path of a unix socket has at most 107 bytes");
    }

    @Test
    void refusesWhatIsNoPath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse("/a\u0000b"))
                .withMessageStartingWith("not a path: ");
    }

    @ParameterizedTest
    @CsvSource({
        "/run/docker.sock,   unix:///run/docker.sock, docker",
        "tcp://proxy,        tcp://proxy:2375,        proxy:2375",
        "tcp://[::1]:1234/,  tcp://[::1]:1234,        [::1]:1234",
    })
    void isShownAsDockerHostHasItAndNamesItselfToTheServer(String host, String shown, String authority) {
        Endpoint endpoint = Endpoint.parse(host);
        assertThat(endpoint).hasToString(shown);
        assertThat(endpoint.authority()).isEqualTo(authority);
    }
}
