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

    /** One line with endpoint, request and cause. */
    @Override
    public String getMessage() {
        return message;
    }
}
