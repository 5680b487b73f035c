package watchdog.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an engine listens, written as Docker writes it in {@code DOCKER_HOST}. */
public sealed interface Endpoint permits UnixEndpoint, TcpEndpoint, TlsEndpoint {

    /** The port of {@code tcp://} where none is given, Docker's own for unencrypted connections. */
    int DEFAULT_TCP_PORT = 2375;

    /** The same with TLS, Docker's own, too. */
    int DEFAULT_TLS_PORT = 2376;

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
            case "tcp" -> TcpEndpoint.at(rest, DEFAULT_TCP_PORT);
            case "ssh" ->
                throw new IllegalArgumentException("ssh:// is not for watchdog; forward the socket by ssh -nNT -L"
                        + " /tmp/docker.sock:/var/run/docker.sock user@host, then use --host=/tmp/docker.sock");
            default -> throw new IllegalArgumentException("unknown scheme '" + url.group(1) + "', use " + FORMS);
        };
    }

    /**
     * Reads {@code tcp://host:port}, for TLS by these files, which are read now.
     *
     * @throws IllegalArgumentException as {@link #parse}
     * @throws IOException if a file cannot be read, or is not what it should be; the message names it
     */
    static Endpoint tls(String host, TlsFiles files) throws IOException {
        String given = host.strip();
        String scheme = "tcp://";
        if (!given.startsWith(scheme)) {
            throw new IllegalArgumentException("TLS is for tcp://host:port only");
        }
        return new TlsEndpoint(TcpEndpoint.at(given.substring(scheme.length()), DEFAULT_TLS_PORT), files.read());
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
