package watchdog.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where messages are posted to. What is wrong with one is told without its text, for that is a secret.
 *
 * @param headers beside those that each request has
 */
public record Webhook(Secret url, List<Header> headers) {

    private static final int MOST_PORT = 65_535;

    /** A header of the request (RFC 9110, 5). */
    public record Header(String name, Secret value) {

        private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
        private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

        public Header {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("its name is not one of a header");
            }
            if (!VALUE.matcher(value.value()).matches()) {
                throw new IllegalArgumentException("the value of " + name + " has more than printable ASCII");
            }
            try {
                HttpRequest.newBuilder().setHeader(name, "");
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + " is not for you to set, Java sets it", e);
            }
        }
    }

    public Webhook {
        headers = List.copyOf(headers);
        URI uri = parse(url);
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !"http".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("it does not begin with https:// or http://");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("it names no host");
        }
        if (uri.getPort() == 0 || uri.getPort() > MOST_PORT) {
            throw new IllegalArgumentException("its port is not one from 1 to " + MOST_PORT);
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "name and password in it would not be sent; use --webhook-header=Authorization:...");
        }
    }

    private static URI parse(Secret url) {
        try {
            return new URI(url.value());
        } catch (URISyntaxException e) {
            // Not as the cause: its message has the text.
            throw new IllegalArgumentException("it is not a URL (blanks, braces and the like are written as %20, %7B)");
        }
    }

    URI uri() {
        return URI.create(parse(url).toASCIIString());
    }

    /** Scheme, host and port: what may be shown of it. */
    String origin() {
        URI uri = uri();
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
