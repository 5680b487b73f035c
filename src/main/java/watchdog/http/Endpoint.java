package watchdog.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an engine listens, written as Docker writes it in {@code DOCKER_HOST}. */
public sealed interface Endpoint permits UnixEndpoint, TcpEndpoint {

    /** The port of {@code tcp://} where none is given, Docker's own for unencrypted connections. */
    int DEFAULT_TCP_PORT = 2375;

    /** The form of every value {@link #parse} takes, for messages. */
    String FORMS = "unix:///path, tcp://host:port or a path";

    /**
     * Opens a connection of its own.
     *
     * @throws IOException naming the cause and, where there is one, the likely remedy
     */
    Socket connect(Duration timeout) throws IOException;

    /** Whether it is reached by a network, rather than by the file system. */
    boolean needsNetwork();

    /** The value of the {@code Host} header (RFC 9110, 7.2). */
    String authority();

    /**
     * Reads {@code unix:///path}, {@code tcp://host:port} or a bare path.
     *
     * @throws IllegalArgumentException saying what is wrong with the value and what would be right
     */
    static Endpoint parse(String host) {
        String given = host.strip();
        Matcher url = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)").matcher(given);
        if (!url.matches()) {
            return UnixEndpoint.at(given);
        }
        String rest = url.group(2);
        return switch (url.group(1)) {
            case "unix" -> UnixEndpoint.at(rest);
            case "tcp" -> TcpEndpoint.at(rest);
            default -> throw new IllegalArgumentException("unknown scheme '" + url.group(1) + "', use " + FORMS);
        };
    }

    /** The unix socket at that path. */
    static Endpoint unix(Path path) {
        return unix(path, List.of());
    }

    /** The unix socket at that path; if it is not there, the first of the others that is there is told. */
    static Endpoint unix(Path path, List<Path> others) {
        return new UnixEndpoint(path, List.copyOf(others));
    }
}
