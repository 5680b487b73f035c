package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {

    @Test
    void aGet() {
        assertThat(HttpRequest.get("/containers/json?all=true").head("docker")).isEqualTo("""
                GET /containers/json?all=true HTTP/1.0\r
                Host: docker\r
                User-Agent: watchdog\r
                Accept: application/json\r
                \r
                """);
    }

    @Test
    void aPostSaysThatItHasNoBody() {
        assertThat(HttpRequest.post("/containers/web/start").head("localhost:2375"))
                .isEqualTo("""
                POST /containers/web/start HTTP/1.0\r
                Host: localhost:2375\r
                User-Agent: watchdog\r
                Accept: application/json\r
                Content-Length: 0\r
                \r
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/!~", "/a?b=%7B%22c%22%3Atrue%7D&d"})
    void takesATargetOfPrintableAscii(String target) {
        assertThat(HttpRequest.get(target).target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a b",
                "/a HTTP/1.0",
                "/a\r\nX: y",
                "/a\rb",
                "/a\nb",
                "/a\n",
                "/a\tb",
                "/a\u0000b",
                "/a\u007fb",
                "/caf\u00e9",
                "/\u010d\u010a", // which become CR and LF where only the low byte is kept
                "",
                "a",
                "*",
                "http://other/"
            })
    void refusesATargetThatCouldSmuggle(String target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpRequest.get(target))
                .withMessageStartingWith("not a request target: ");
        assertThatIllegalArgumentException().isThrownBy(() -> HttpRequest.post(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.0\r\n\r\nGET", "G ET", "", "get\n"})
    void refusesAMethodThatCouldSmuggle(String method) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HttpRequest(method, "/"));
    }

    @Test
    void isShownAsMethodAndTarget() {
        assertThat(HttpRequest.post("/a?t=1")).hasToString("POST /a?t=1");
    }
}
