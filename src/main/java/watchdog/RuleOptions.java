package watchdog;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import watchdog.policy.Backoff;
import watchdog.policy.CrashLoop;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.Trigger;

/** The options about when a container is restarted. */
final class RuleOptions {

    private static final int MOST_STARTS = 1000;

    private final OptionSpec mode = Options.of(RestartMode.class, HelpText.OFTEN, "--policy")
            .paramLabel("POLICY")
            .converters(new ModeConverter())
            .defaultValue("always")
            .description("always, unless-stopped (by an operator) or on-failure. Default: always.")
            .build();

    private final OptionSpec restartOn = Options.of(Set.class, HelpText.OFTEN, "--restart-on")
            .auxiliaryTypes(Trigger.class)
            .paramLabel("STATE[,STATE...]")
            .splitRegex(",(?!$)") // a comma that nothing follows stays, and is refused
            .hideParamSyntax(true)
            .converters(new TriggerConverter())
            .defaultValue("exited")
            .description("exited, unhealthy, created (if its start failed). Default: exited.")
            .build();

    private final OptionSpec dependents = Options.flag(HelpText.OFTEN, "--dependents")
            .description("Restart those that live in the network of a container that was started anew.")
            .build();

    private final OptionSpec settle = Options.duration(HelpText.RARELY, "10s", "--settle")
            .description("How long to leave alone what an operator may have stopped. Default: 10s.")
            .build();

    private final OptionSpec backoff = Options.of(Backoff.class, HelpText.RARELY, "--backoff")
            .paramLabel("LEAST..MOST")
            .converters(new BackoffConverter())
            .defaultValue("1s..5m")
            .description("Wait between starts that do not last, doubled each time. Default: 1s..5m.")
            .build();

    private final OptionSpec resetAfter = Options.duration(HelpText.RARELY, "1m", "--reset-after")
            .description("How long to stay up until that is forgotten. Default: 1m.")
            .build();

    private final OptionSpec crashLoop = Options.of(CrashLoop.class, HelpText.RARELY, "--crash-loop")
            .paramLabel("N/DURATION")
            .converters(new CrashLoopConverter())
            .defaultValue("5/10m")
            .description("So many starts within that time are worth an alarm. Default: 5/10m.")
            .build();

    private final OptionSpec giveUpAfter = Options.of(int.class, HelpText.RARELY, "--give-up-after")
            .paramLabel("N")
            .converters(new StartsConverter())
            .defaultValue("never")
            .description("Give up after so many starts in a row that did not last. Default: never.")
            .build();

    /** All of them, in the order in which they are shown. */
    Stream<OptionSpec> all() {
        return Stream.of(mode, restartOn, dependents, settle, backoff, resetAfter, crashLoop, giveUpAfter);
    }

    /** What the options say. */
    Rules rules(String self) {
        return new Rules(
                mode.getValue(),
                EnumSet.copyOf(restartOn.<Set<Trigger>>getValue()),
                settle.getValue(),
                backoff.getValue(),
                resetAfter.getValue(),
                crashLoop.getValue(),
                giveUpAfter.getValue(),
                dependents.getValue(),
                self);
    }

    static final class ModeConverter implements ITypeConverter<RestartMode> {
        @Override
        public RestartMode convert(String value) {
            RestartMode mode = RestartMode.of(value);
            if (mode == null) {
                throw wrong(value, "use always, unless-stopped or on-failure");
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

    /** Zero for what is no number from 1 to the most. */
    private static int starts(String value) {
        int number = value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : 0;
        return number <= MOST_STARTS ? number : 0;
    }

    private static TypeConversionException wrong(String value, String right) {
        return new TypeConversionException("'" + value + "': " + right);
    }
}
