package watchdog.report;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import watchdog.policy.Fact;

/**
 * The log: one line a fact, each complete in itself, and nothing when nothing happens. Warnings and errors are what somebody
 * should know.
 */
public final class Log implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private final FactLevel level;
    private final FactText text;
    private final boolean dryRun;
    private final Consumer<LogLine> sink;

    /**
     * Makes a log.
     *
     * @param version of watchdog, for the first line
     * @param dryRun whether what is decided is not done
     * @param sink takes each line, on the thread that tells
     */
    public Log(String version, boolean dryRun, Consumer<LogLine> sink) {
        this.level = new FactLevel(dryRun);
        this.text = new FactText(version, dryRun);
        this.dryRun = dryRun;
        this.sink = sink;
    }

    @Override
    public void tell(Fact fact) {
        Level itsLevel = fact.readBy(level);
        // Decided again for each container at each pass, and rarely otherwise than before.
        if (LOG.isEnabledForLevel(itsLevel)) {
            List<String> stackTrace = fact instanceof Fact.OwnFault own ? StackTrace.of(own.fault()) : List.of();
            sink.accept(new LogLine(itsLevel, fact.readBy(text), stackTrace, fields(fact)));
        }
    }

    private Map<String, Object> fields(Fact fact) {
        Map<String, Object> fields = FactFields.of(fact).asMap();
        if (dryRun) {
            fields.put("dryRun", true);
        }
        return fields;
    }
}
