package watchdog.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What was read of a list of containers, and the answer that it was read of. */
public final class Listing<T> {

    private final byte[] answer;
    private final List<T> containers;

    /**
     * Makes one.
     *
     * @param answer or empty, if it is not to be kept
     */
    Listing(byte[] answer, List<T> containers) {
        this.answer = answer;
        this.containers = Collections.unmodifiableList(containers);
    }

    /** One of no answer. */
    public static <T> Listing<T> none() {
        return new Listing<>(new byte[0], List.of());
    }

    public List<T> containers() {
        return containers;
    }

    /** Whether that answer is the same byte for byte. */
    boolean isOf(byte[] other) {
        return other.length > 0 && Arrays.equals(answer, other);
    }
}
