package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which containers of one compose project are started that are found down together, as after a boot. Compose tells
 * it by labels: {@code com.docker.compose.depends_on} is {@code db:service_healthy:false,cache:service_started:true}, by
 * service.
 */
public final class StartOrder {

    /** How long after the engine was found it is kept to at most: one that does not come up keeps nobody down for good. */
    public static final Duration KEPT_FOR = Duration.ofMinutes(2);

    private static final String PROJECT = "com.docker.compose.project";
    private static final String SERVICE = "com.docker.compose.service";
    private static final String DEPENDS_ON = "com.docker.compose.depends_on";
    private static final String STARTED = "service_started";
    private static final String HEALTHY = "service_healthy";

    private StartOrder() {}

    /** Whether a label of that name tells it. */
    static boolean needs(String label) {
        return label.equals(PROJECT) || label.equals(SERVICE) || label.equals(DEPENDS_ON);
    }

    /** Whether others may wait for that one: it is of a service, and is not up yet or does not know its health. */
    public static boolean mayHoldUpOthers(Life life) {
        return life.setup().labels().containsKey(SERVICE) && (life.isAwaited() || isHealthOpen(life));
    }

    /**
     * Who is waited for before that one is started, or null if nobody.
     *
     * @param all that are watched
     * @param until when the order is not kept to any more
     */
    public static @Nullable Predecessor predecessor(Life life, Collection<Life> all, Instant until) {
        if (!mayWait(life)) {
            return null;
        }
        return all.stream()
                .filter(first -> isBefore(first, life))
                .findFirst()
                .map(first -> new Predecessor(
                        "compose starts " + first.name() + " before it, which is waited for until then", until))
                .orElse(null);
    }

    private static boolean mayWait(Life life) {
        return life.phase() instanceof Down down
                && down.isUnseen()
                && life.setup().labels().containsKey(DEPENDS_ON);
    }

    /** Whether the second was found down and is to wait for the first, which is down too or does not know its health yet. */
    public static boolean isBefore(Life first, Life second) {
        Map<String, String> labels = first.setup().labels();
        Map<String, String> others = second.setup().labels();
        String project = labels.get(PROJECT);
        String service = labels.get(SERVICE);
        return project != null
                && service != null
                && project.equals(others.get(PROJECT))
                && !service.equals(others.get(SERVICE))
                && mayWait(second)
                && dependencies(second).anyMatch(one -> one.service().equals(service) && one.isWaitedFor(first));
    }

    private static boolean isHealthOpen(Life life) {
        return life.phase() instanceof Up up && up.health() == Health.STARTING;
    }

    private static Stream<Dependency> dependencies(Life life) {
        String told = life.setup().labels().getOrDefault(DEPENDS_ON, "");
        return Arrays.stream(told.split(",", -1)).map(Dependency::read);
    }

    /** What is depended on, and what it is to be: up, healthy, or done ({@code service_completed_successfully}), as it was before. */
    private record Dependency(String service, String condition) {

        static Dependency read(String told) {
            String[] parts = told.split(":", -1);
            return new Dependency(parts[0].trim(), parts.length > 1 ? parts[1] : STARTED);
        }

        boolean isWaitedFor(Life first) {
            return switch (condition) {
                case STARTED -> first.isAwaited();
                case HEALTHY -> first.isAwaited() || isHealthOpen(first);
                default -> false;
            };
        }
    }
}
