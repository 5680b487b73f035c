package watchdog.engine;

import watchdog.http.MalformedResponseException;
import watchdog.http.NobodyListensException;
import watchdog.http.SilenceException;

/** There was no answer, none in time, or none that an engine gives. Whether the request was carried out is not known. */
public final class EngineUnreachableException extends EngineException {

    private static final long serialVersionUID = 1L;

    EngineUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether there is no engine at all: nobody listens on its socket. Behind TCP that cannot be known. */
    public boolean isGone() {
        return getCause() instanceof NobodyListensException;
    }

    /** Whether somebody is there, and was silent for too long. */
    public boolean isSilence() {
        return getCause() instanceof SilenceException;
    }

    /** Whether somebody has answered, but with nothing that can be read, so that the same would be answered again. */
    public boolean isUnreadable() {
        return getCause() instanceof UnreadableAnswerException || getCause() instanceof MalformedResponseException;
    }
}
