package watchdog.http;

import java.io.IOException;

/** What the client throws, for tests in other packages that have nothing to connect to. */
public final class HttpExceptions {

    private HttpExceptions() {}

    /** There is no engine. */
    public static IOException nobodyListens(String words) {
        return new NobodyListensException(words);
    }
}
