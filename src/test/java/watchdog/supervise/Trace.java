package watchdog.supervise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened in a run, line by line; kept only in the second run of a seed whose first has failed. */
final class Trace {

    private record Step(@Nullable String id, String line) {}

    private final VirtualTime time;
    private final boolean kept;
    private final List<Step> steps = new ArrayList<>();

    Trace(VirtualTime time, boolean kept) {
        this.time = time;
        this.kept = kept;
    }

    /** Something that matters to all containers. */
    void all(String format, Object... arguments) {
        if (kept) {
            steps.add(new Step(null, line(format, arguments)));
        }
    }

    void of(ModelContainer container, String format, Object... arguments) {
        if (kept) {
            steps.add(new Step(container.id, line(container + ": " + format, arguments)));
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency for this alone
    private String line(String format, Object... arguments) {
        double seconds = time.passed().toMillis() / 1000.0;
        return String.format(Locale.ROOT, "%10.3f  ", seconds) + String.format(Locale.ROOT, format, arguments);
    }

    /** The last steps that matter to one container, or to any if it is null. */
    String last(int most, @Nullable ModelContainer container) {
        List<Step> of = steps.stream()
                .filter(step -> container == null
                        || step.id == null
                        || step.id.equals(container.id)
                        || step.id.equals(container.provider()))
                .toList();
        return of.subList(Math.max(0, of.size() - most), of.size()).stream()
                .map(Step::line)
                .collect(Collectors.joining("\n"));
    }
}
