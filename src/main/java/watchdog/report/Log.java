package watchdog.report;

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

    /**
     * Makes a log.
     *
     * @param version of watchdog, for the first line
     */
    public Log(String version) {
        this(version, false);
    }

    /**
     * Makes a log.
     *
     * @param version as of the other one
     * @param dryRun whether what is decided is not done
     */
    public Log(String version, boolean dryRun) {
        this.level = new FactLevel(dryRun);
        this.text = new FactText(version, dryRun);
    }

    @Override
    public void tell(Fact fact) {
        Level itsLevel = fact.readBy(level);
        // Decided again for each container at each pass, and rarely otherwise than before.
        if (LOG.isEnabledForLevel(itsLevel)) {
            Throwable fault = fact instanceof Fact.OwnFault own ? own.fault() : null;
            LOG.atLevel(itsLevel).setCause(fault).log("{}", fact.readBy(text));
        }
    }
}
