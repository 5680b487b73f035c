package watchdog.engine;

/** Nobody answered, or not in time, or not with what an engine says. What was asked for may have happened or not. */
public final class EngineUnreachableException extends EngineException {

    private static final long serialVersionUID = 1L;

    EngineUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
