package watchdog.http;

import java.io.IOException;

/** Nobody listens on the unix socket, or there is none. Behind TCP that cannot be known: it may be a proxy that is gone. */
public final class NobodyListensException extends IOException {

    private static final long serialVersionUID = 1L;

    NobodyListensException(String message) {
        super(message);
    }
}
