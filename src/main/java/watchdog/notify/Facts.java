package watchdog.notify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import watchdog.policy.Cause;
import watchdog.policy.Container;
import watchdog.policy.Down;
import watchdog.policy.ExitCode;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.LabelOptions;
import watchdog.policy.Outcome;
import watchdog.policy.Work;
import watchdog.report.FactFields;
import watchdog.report.FactKind;
import watchdog.report.FactLevel;
import watchdog.report.FactText;
import watchdog.report.OneLine;

/**
 * Makes a {@link Notice} of a fact.
 *
 * @param text the fact in words
 */
record Facts(FactText text) {

    private static final FactLevel LEVEL = new FactLevel(false);

    private static final Set<FactKind> OF_A_DEATH = Set.of(
            FactKind.START,
            FactKind.WAIT,
            FactKind.LEAVE,
            FactKind.GIVE_UP,
            FactKind.WENT_DOWN,
            FactKind.FAILED,
            FactKind.CRASH_LOOP);

    static Facts ofVersion(String version) {
        return new Facts(new FactText(version, false));
    }

    /** Whether it may be told at all: something has changed, and no label takes its container out. */
    static boolean isOfInterest(Fact fact) {
        if (fact.readBy(LEVEL) == Level.DEBUG) {
            return false;
        }
        if (fact instanceof Fact.FoundDown found) {
            return found.containers().stream().anyMatch(Facts::isNotified);
        }
        return !(fact instanceof Fact.AboutContainer about) || isNotified(about.container());
    }

    static boolean isNotified(Container container) {
        return LabelOptions.isNotified(container.setup().labels());
    }

    /** Whether it tells that its container is gone, which has been forgotten by then. */
    static boolean isGone(Fact fact) {
        return fact instanceof Fact.Finished finished && finished.outcome() instanceof Outcome.Gone;
    }

    /**
     * The notice of a fact.
     *
     * @param death how its container went down last, or null where nobody saw it
     */
    Notice notice(Fact happened, @Nullable Down death, Instant at) {
        Fact fact = happened instanceof Fact.FoundDown found ? withoutQuiet(found) : happened;
        FactFields fields = FactFields.of(fact);
        Map<String, Object> all = new LinkedHashMap<>(fields.asMap());
        fields.container().ifPresent(container -> {
            String image = container.setup().image();
            if (!image.isEmpty()) {
                all.put("image", OneLine.of(image));
            }
            if (death != null && isOfDeath(fact, fields.what(), container)) {
                putDeath(death, all);
            }
        });
        all.put("at", at.toString());
        String line = OneLine.of(fact.readBy(text));
        all.put("message", line);
        return new Notice(
                status(fact, fields),
                fields.what(),
                fields.container(),
                fields.why().orElse(""),
                line,
                all,
                0);
    }

    private static Fact withoutQuiet(Fact.FoundDown found) {
        return new Fact.FoundDown(
                found.containers().stream().filter(Facts::isNotified).toList(), found.settle());
    }

    private static Notice.Status status(Fact fact, FactFields fields) {
        // A restart is for ill health, or since what it joins was started anew, which is no problem.
        boolean isOrderly = fact instanceof Fact.Decided decided
                && fields.what() == FactKind.RESTART
                && decided.container().status().health() != Health.UNHEALTHY;
        return Notice.isProblem(fields.what()) && !isOrderly ? Notice.Status.PROBLEM : Notice.Status.NOTE;
    }

    /** Whether that has to do with how the container went down last. */
    private static boolean isOfDeath(Fact fact, FactKind what, Container container) {
        boolean isOfStart = !(fact instanceof Fact.Finished finished) || finished.work() == Work.START;
        boolean isUp = fact instanceof Fact.Decided && !container.isDown();
        return OF_A_DEATH.contains(what) && isOfStart && !isUp;
    }

    private static void putDeath(Down death, Map<String, Object> fields) {
        if (death.cause() == Cause.Accident.OWN_RESTART) {
            return;
        }
        death.exitCode().ifPresent(code -> {
            Object unused = fields.putIfAbsent("exitCode", code);
            ExitCode.signal(code).ifPresent(signal -> fields.put("signal", signal));
        });
        if (death.cause() == Cause.Accident.OUT_OF_MEMORY) {
            fields.put("outOfMemory", true);
        }
    }

    /** That a container is up, by whomever it was started. */
    static Notice up(Container container, Instant at) {
        return ofContainer(FactKind.UP, container, container + ": is up", at);
    }

    /** That a container is healthy, whatever has made it so. */
    static Notice healthy(Container container, Instant at) {
        return ofContainer(FactKind.HEALTHY_AGAIN, container, container + ": is healthy", at);
    }

    /** That a container is gone. */
    static Notice gone(Container container, Instant at) {
        return ofContainer(FactKind.GONE, container, container + ": is gone, or not watched any more", at);
    }

    private static Notice ofContainer(FactKind what, Container container, String text, Instant at) {
        String line = OneLine.of(text);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", what.toString());
        fields.put("container", OneLine.of(container.name()));
        fields.put("id", container.id());
        fields.put("at", at.toString());
        fields.put("message", line);
        return new Notice(Notice.Status.NOTE, what, Optional.of(container), "", line, fields, 0);
    }
}
