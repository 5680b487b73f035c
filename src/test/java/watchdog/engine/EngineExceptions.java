package watchdog.engine;

import java.io.IOException;
import watchdog.http.HttpExceptions;

/** What an engine's client throws, for tests in other packages that have no engine. */
public final class EngineExceptions {

    private EngineExceptions() {}

    /** The engine, or a proxy before it, says no. */
    public static EngineException refused(int status, String words) {
        return new EngineRefusedException("engine", status, words);
    }

    /** There is no engine. */
    public static EngineException gone(String cause) {
        return new EngineUnreachableException("engine: " + cause, HttpExceptions.nobodyListens(cause));
    }

    /** Nobody answers. */
    public static EngineException unreachable(String cause) {
        return new EngineUnreachableException("engine: " + cause, new IOException(cause));
    }

    /** Somebody answers with what no engine says. */
    public static EngineException unreadable(String cause) {
        return new EngineUnreachableException("engine: " + cause, new UnreadableAnswerException(cause, null));
    }
}
