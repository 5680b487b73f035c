package watchdog.fake;

/** The engine says no: a status and its own words, answered as {@code {"message":"…"}}. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    static Refusal noSuchContainer(String reference) {
        return new Refusal(404, "No such container: " + reference);
    }
}
