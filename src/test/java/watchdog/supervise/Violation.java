package watchdog.supervise;

import org.jspecify.annotations.Nullable;

/** What must never be has been. */
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ModelContainer container;

    Violation(String what, @Nullable ModelContainer container) {
        super(container == null ? what : container + ": " + what);
        this.container = container;
    }

    @Nullable
    ModelContainer container() {
        return container;
    }
}
