package watchdog.policy;

/**
 * A container as it was at one moment.
 *
 * @param id 64 hex digits
 * @param name its own, without a slash; a rename changes it
 */
public record Container(String id, String name, Status status, Setup setup) {

    private static final int ID_LENGTH = 64;
    private static final int SHORT_ID = 12;

    public ContainerState state() {
        return status.state();
    }

    /** Whether it can be started: it has exited, or was only created. */
    public boolean isDown() {
        return state() == ContainerState.EXITED || state() == ContainerState.CREATED;
    }

    /** The same, doing something else. */
    public Container withStatus(Status other) {
        return new Container(id, name, other, setup);
    }

    /** The same under another name. */
    public Container named(String other) {
        return new Container(id, other, status, setup);
    }

    /** Whether that is the id of a container: 64 hex digits. */
    public static boolean isId(String text) {
        // No regular expression: each container of each listing is asked about.
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return text.length() == ID_LENGTH;
    }

    /** The id as docker prints it. */
    public String shortId() {
        return shortId(id);
    }

    /** An id as docker prints it. */
    public static String shortId(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    /** Name and short id. */
    @Override
    public String toString() {
        return name + " (" + shortId() + ")";
    }
}
