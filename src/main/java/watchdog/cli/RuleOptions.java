package watchdog.cli;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import watchdog.policy.Backoff;
import watchdog.policy.CrashLoop;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.Trigger;

/** The options about when a container is restarted. */
final class RuleOptions {

    private static final int MOST_STARTS = 1000;

    @Option(
            names = "--policy",
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            paramLabel = "POLICY",
            converter = ModeConverter.class,
            defaultValue = "always",
            description = "always, unless-stopped (by an operator), on-failure or no. Default: ${DEFAULT-VALUE}.")
    private RestartMode mode;

    @Option(
            names = "--restart-on",
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            paramLabel = "STATE[,STATE...]",
            split = ",(?!$)", // a comma that nothing follows stays, and is refused
            hideParamSyntax = true,
            converter = TriggerConverter.class,
            defaultValue = "exited",
            description = "exited, unhealthy, created (if its start failed). Default: ${DEFAULT-VALUE}.")
    private Set<Trigger> restartOn;

    @Option(
            names = "--dependents",
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            description = "Restart those that join a namespace of a container that was started anew.")
    private boolean dependents;

    @Option(
            names = "--settle",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "DURATION",
            converter = DurationOption.class,
            defaultValue = "10s",
            description = "How long to leave alone what an operator may have stopped. Default: ${DEFAULT-VALUE}.")
    private Duration settle;

    @Option(
            names = "--backoff",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "LEAST..MOST",
            converter = BackoffConverter.class,
            defaultValue = "1s..5m",
            description = "Wait between starts that do not last, doubled each time. Default: ${DEFAULT-VALUE}.")
    private Backoff backoff;

    @Option(
            names = "--reset-after",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "DURATION",
            converter = DurationOption.class,
            defaultValue = "1m",
            description = "How long to stay up until that is forgotten. Default: ${DEFAULT-VALUE}.")
    private Duration resetAfter;

    @Option(
            names = "--crash-loop",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "N/DURATION",
            converter = CrashLoopConverter.class,
            defaultValue = "5/10m",
            description = "So many starts within that time are worth an alarm. Default: ${DEFAULT-VALUE}.")
    private CrashLoop crashLoop;

    @Option(
            names = "--give-up-after",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "N",
            converter = StartsConverter.class,
            defaultValue = "never",
            description = "Give up after so many tries in a row that did not last. Default: ${DEFAULT-VALUE}.")
    private int giveUpAfter;

    /** What the options say. */
    Rules rules(String self) {
        return new Rules(
                mode, EnumSet.copyOf(restartOn), settle, backoff, resetAfter, crashLoop, giveUpAfter, dependents, self);
    }

    static final class ModeConverter implements ITypeConverter<RestartMode> {
        @Override
        public RestartMode convert(String value) {
            RestartMode mode = RestartMode.of(value);
            if (mode == null) {
                throw wrong(value, "use always, unless-stopped, on-failure or no");
            }
            return mode;
        }
    }

    static final class TriggerConverter implements ITypeConverter<Trigger> {
        @Override
        public Trigger convert(String value) {
            return switch (value.strip()) {
                case "exited" -> Trigger.EXITED;
                case "unhealthy" -> Trigger.UNHEALTHY;
                case "created" -> Trigger.CREATED;
                default -> throw wrong(value, "use exited, unhealthy or created");
            };
        }
    }

    static final class BackoffConverter implements ITypeConverter<Backoff> {
        @Override
        public Backoff convert(String value) {
            String[] range = value.split("\\.\\.", -1);
            if (range.length != 2) {
                throw wrong(value, "use LEAST..MOST, as in 1s..5m");
            }
            DurationOption duration = new DurationOption();
            try {
                return new Backoff(duration.convert(range[0]), duration.convert(range[1]));
            } catch (IllegalArgumentException e) {
                throw wrong(value, "use LEAST..MOST with the smaller one first, as in 1s..5m");
            }
        }
    }

    static final class CrashLoopConverter implements ITypeConverter<CrashLoop> {
        @Override
        public CrashLoop convert(String value) {
            String[] parts = value.split("/", -1);
            if (parts.length != 2 || starts(parts[0]) < 2) {
                throw wrong(value, "use N/DURATION with N from 2 to " + MOST_STARTS + ", as in 5/10m");
            }
            return new CrashLoop(starts(parts[0]), new DurationOption().convert(parts[1]));
        }
    }

    static final class StartsConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (value.equals("never")) {
                return 0;
            }
            int starts = starts(value);
            if (starts < 1) {
                throw wrong(value, "use a number from 1 to " + MOST_STARTS + ", or never");
            }
            return starts;
        }
    }

    /** The number, or zero if it is not one from 1 to the most. */
    private static int starts(String value) {
        int number = value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : 0;
        return number <= MOST_STARTS ? number : 0;
    }

    private static TypeConversionException wrong(String value, String right) {
        return new TypeConversionException("'" + value + "': " + right);
    }
}
