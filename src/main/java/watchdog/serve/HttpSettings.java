package watchdog.serve;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to serve, and by which name it may be asked for.
 *
 * @param address a literal one; an IPv6 address in brackets
 * @param port 1 to 65535; 0 for any that is free
 * @param name by which it may be asked for besides addresses and {@code localhost}
 */
public record HttpSettings(String address, int port, Optional<String> name) {

    /** What {@code --http} can be. */
    public static final String FORMS = "PORT or ADDRESS:PORT, as in 9595, 0.0.0.0:9595, [::1]:9595";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MOST = 65535;
    private static final int LONGEST_NAME = 253;

    private static final Pattern LISTEN = Pattern.compile("(?:(?<address>.+):)?(?<port>[0-9]{1,5})");
    private static final Pattern NAME =
            Pattern.compile("(?i)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    /**
     * Reads the values of the options.
     *
     * @throws IllegalArgumentException if one is none; the message says which, and what would be right
     */
    public static HttpSettings parse(String listen, Optional<String> name) {
        Matcher matcher = LISTEN.matcher(listen);
        int port = matcher.matches() ? Integer.parseInt(matcher.group("port")) : 0;
        if (port < 1 || port > MOST) {
            throw new IllegalArgumentException("--http=" + listen + ": use " + FORMS);
        }
        String given = matcher.group("address");
        String address = given == null || given.equals("localhost") ? LOOPBACK : given;
        if (!Address.isLiteral(address)) {
            throw new IllegalArgumentException(
                    "--http=" + listen + ": '" + given + "' is no address of this host; use " + FORMS);
        }
        name.filter(its -> its.length() > LONGEST_NAME || !NAME.matcher(its).matches())
                .ifPresent(wrong -> {
                    throw new IllegalArgumentException(
                            "--http-host=" + wrong + ": use a name without a port, as in watchdog.example.org");
                });
        return new HttpSettings(address, port, name);
    }

    /** Where it is, as in a link. */
    @Override
    public String toString() {
        return "http://" + address + ":" + port + "/";
    }
}
