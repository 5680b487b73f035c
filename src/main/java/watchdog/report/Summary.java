package watchdog.report;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import watchdog.policy.Decision;
import watchdog.policy.Fact;
import watchdog.policy.Standing;

/**
 * How all that is watched is, in one line: {@code 5 watched, 2 down, 1 waiting, 1 given up; last restart: web, 2026-11-27 10:41:22}.
 * Told and asked on one thread.
 */
public final class Summary implements Observer {

    /** Unlike {@link LocalDateTime#toString}, which leaves out the seconds of a full minute. */
    static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final Map<String, Standing> watched = new HashMap<>();
    private boolean isAnythingKnown;
    private String engine = "";
    private String lastRestart = "";
    private String reload = "";

    @Override
    public void tell(Fact fact) {
        if (fact instanceof Fact.Listed) {
            isAnythingKnown = true;
            engine = "";
        } else if (fact instanceof Fact.EngineLost lost) {
            isAnythingKnown = true;
            engine = "the engine does not list its containers: " + lost.problem() + "; ";
        } else if (fact instanceof Fact.Finished finished && finished.outcome().isUp()) {
            lastRestart = "; last restart: " + finished.container().name() + ", "
                    + TO_THE_SECOND.format(LocalDateTime.now(ZoneId.systemDefault()));
        } else if (fact instanceof Fact.Reloaded) {
            reload = "";
        } else if (fact instanceof Fact.NotReloaded notReloaded) {
            reload = "; not reloaded: " + notReloaded.problem();
        }
    }

    @Override
    public void changed(Standing standing) {
        watched.put(standing.life().id(), standing);
    }

    @Override
    public void forgotten(String id) {
        watched.remove(id);
    }

    /** The line as of now; empty until the engine has listed its containers for the first time, or has not. */
    public Optional<String> line() {
        if (!isAnythingKnown) {
            return Optional.empty();
        }
        return Optional.of(OneLine.of(engine
                + watched.size() + " watched"
                + some(Standing::isDown, "down")
                + some(one -> one.decision().kind() == Decision.Kind.WAIT, "waiting")
                + some(one -> one.decision().kind() == Decision.Kind.GIVE_UP, "given up")
                + lastRestart
                + reload));
    }

    private String some(Predicate<Standing> which, String word) {
        long count = watched.values().stream().filter(which).count();
        return count == 0 ? "" : ", " + count + " " + word;
    }
}
