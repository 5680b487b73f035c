package watchdog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * Options in the making, each inherited by subcommands. They are made in code because picocli reads annotations through
 * reflection and proxies, which took some 30 ms of each start.
 */
final class Options {

    private Options() {}

    /** One with a value of that type. */
    static OptionSpec.Builder of(Class<?> type, int order, String... names) {
        return OptionSpec.builder(names).type(type).order(order).scopeType(ScopeType.INHERIT);
    }

    /** One without a value: true where it is given. */
    static OptionSpec.Builder flag(int order, String... names) {
        return of(boolean.class, order, names).initialValue(false);
    }

    static OptionSpec.Builder duration(int order, String byDefault, String... names) {
        return of(Duration.class, order, names)
                .paramLabel("DURATION")
                .converters(new DurationOption())
                .defaultValue(byDefault);
    }

    /** One that can be repeated. */
    static OptionSpec.Builder adding(int order, String... names) {
        return of(List.class, order, names)
                .auxiliaryTypes(String.class)
                .initialValue(new ArrayList<String>())
                .parameterConsumer(new Adding());
    }
}
