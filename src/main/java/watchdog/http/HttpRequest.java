package watchdog.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.regex.Pattern;

/**
 * A request without a body.
 *
 * @param method {@code GET} or {@code POST}
 * @param target path and query as they go into the request line, so already encoded
 */
public record HttpRequest(String method, String target) {

    private static final Pattern METHOD = Pattern.compile("[A-Z]+");
    private static final Pattern TARGET = Pattern.compile("/[!-~]*");

    /** Refuses whatever could end the request line early and smuggle in a second one. */
    public HttpRequest {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("not a method: " + method);
        }
        if (!TARGET.matcher(target).matches()) {
            throw new IllegalArgumentException("not a request target: " + target);
        }
    }

    public static HttpRequest get(String target) {
        return new HttpRequest("GET", target);
    }

    public static HttpRequest post(String target) {
        return new HttpRequest("POST", target);
    }

    /** A value as it can stand in a query. */
    public static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    /** The lines up to the body. HTTP/1.0 has the server end the answer by closing, so none asks for that. */
    String head(String authority) {
        String head = method + ' ' + target + " HTTP/1.0\r\n"
                + "Host: " + authority + "\r\n"
                + "User-Agent: watchdog\r\n"
                + "Accept: application/json\r\n";
        return head + (method.equals("POST") ? "Content-Length: 0\r\n\r\n" : "\r\n");
    }

    @Override
    public String toString() {
        return method + ' ' + target;
    }
}
