package watchdog.serve;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By which names this server may be asked for. A browser sends in {@code Host} what its user's link has; a page from elsewhere
 * whose own name was made to mean this host (DNS rebinding) would be asked for by that name.
 *
 * @param name besides literal addresses and {@code localhost}
 */
record AskedFor(Optional<String> name) {

    private static final Pattern HOST = Pattern.compile("(?<host>\\[[^\\]]*\\]|[^:\\[\\]]*)(:[0-9]*)?");

    /** Whether it may be asked for so, by all headers {@code Host} of a request. */
    boolean allows(List<String> headers) {
        if (headers.size() != 1) {
            return false;
        }
        Matcher matcher = HOST.matcher(headers.get(0));
        if (!matcher.matches()) {
            return false;
        }
        String host = matcher.group("host");
        return Address.isLiteral(host)
                || host.equalsIgnoreCase("localhost")
                || name.filter(host::equalsIgnoreCase).isPresent();
    }
}
