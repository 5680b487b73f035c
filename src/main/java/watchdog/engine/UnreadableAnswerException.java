package watchdog.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An answer that came whole, and is not what an engine says. */
final class UnreadableAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
