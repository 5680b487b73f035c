package watchdog.policy;

import java.util.List;
import java.util.Optional;

/** All holds that there are, in the order of their names. */
public record Holds(List<Hold> all) {

    public static final Holds NONE = new Holds(List.of());

    /** The hold of a container of that name; of several, the one that ends last. */
    public Optional<Hold> of(String name) {
        // Most often there is none, and each container is asked about at each pass.
        return all.isEmpty()
                ? Optional.empty()
                : all.stream().filter(hold -> hold.pattern().matches(name)).reduce(Hold::longer);
    }
}
