package watchdog.engine;

import org.jspecify.annotations.Nullable;

/** A request that brought no usable answer. */
public abstract sealed class EngineException extends Exception
        permits EngineUnreachableException, EngineRefusedException {

    private static final long serialVersionUID = 1L;

    private final String message;

    EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** Endpoint, request and cause; what the engine said in it is as it came. */
    @Override
    public String getMessage() {
        return message;
    }
}
