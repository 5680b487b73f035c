package watchdog.http;

import java.net.SocketTimeoutException;

/** The peer said nothing for as long as it was allowed to be silent. */
public final class SilenceException extends SocketTimeoutException {

    private static final long serialVersionUID = 1L;

    SilenceException(String message) {
        super(message);
    }
}
