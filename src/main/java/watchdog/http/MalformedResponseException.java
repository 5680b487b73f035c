package watchdog.http;

import java.io.IOException;

/** An answer that is not HTTP, is cut short, or is larger than it may be. */
public final class MalformedResponseException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedResponseException(String message) {
        super(message);
    }
}
