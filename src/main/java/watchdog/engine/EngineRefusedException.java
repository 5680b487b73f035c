package watchdog.engine;

/** The engine, or a proxy before it, said no. */
public final class EngineRefusedException extends EngineException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String words;

    EngineRefusedException(String where, int status, String words) {
        super(where + ": " + status + (words.isEmpty() ? "" : " " + words), null);
        this.status = status;
        this.words = words;
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    /** What the engine said, possibly nothing, of bounded length. */
    public String words() {
        return words;
    }

    /** Whether there is no such container, or a thing that it needs is missing: the engine says 404 to both. */
    public boolean isNotFound() {
        return status == 404;
    }
}
