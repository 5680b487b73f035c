package watchdog.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fuzzes the header {@code Host}: what is let in is an address, or one of the two names. */
public final class HostFuzz {

    private static final Pattern ALLOWED =
            Pattern.compile("(?i)(localhost|watchdog\\.example|[0-9]+\\.[0-9.]+|\\[[0-9a-f.]*:[0-9a-f:.]*])(:[0-9]*)?");
    private static final AskedFor ASKED_FOR = new AskedFor(Optional.of("watchdog.example"));

    private HostFuzz() {}

    public static void fuzzerTestOneInput(byte[] header) {
        String host = new String(header, UTF_8);
        if (ASKED_FOR.allows(List.of(host)) && !ALLOWED.matcher(host).matches()) {
            throw new AssertionError("let in: " + host);
        }
    }
}
