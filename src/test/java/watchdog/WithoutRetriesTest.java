package watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import watchdog.policy.Container;
import watchdog.policy.Fact;
import watchdog.policy.Life;
import watchdog.policy.Outcome;
import watchdog.policy.RestartCause;
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;
import watchdog.policy.Setup;
import watchdog.policy.Standing;
import watchdog.policy.Status;
import watchdog.policy.Surroundings;
import watchdog.policy.Work;
import watchdog.report.Observer;

/** With {@code --once}, observers are told all but a next try. */
class WithoutRetriesTest {

    private static final String ID = "a".repeat(64);
    private static final Setup SETUP = Setup.of(Map.of());

    private final List<Object> told = new ArrayList<>();

    private final Observer observer = new WithoutRetries(new Observer() {
        @Override
        public void tell(Fact fact) {
            told.add(fact);
        }

        @Override
        public void changed(Standing standing) {
            told.add(standing);
        }

        @Override
        public void forgotten(String id) {
            told.add("forgotten " + id);
        }

        @Override
        public void lostTrackOf(String id) {
            told.add("lost track of " + id);
        }
    });

    @Test
    void noNextTryIsTold() {
        Container web = new Container(ID, "web", Status.exited(1), SETUP);
        Outcome failed = new Outcome.Failed("no such mount", web);

        observer.tell(new Fact.Finished(web, Work.START, RestartCause.CRASH, failed, true, Duration.ofSeconds(1), 1));
        observer.tell(new Fact.EventsFound());

        assertThat(told)
                .containsExactly(
                        new Fact.Finished(web, Work.START, RestartCause.CRASH, failed, true, null, 1),
                        new Fact.EventsFound());
    }

    @Test
    void allElseIs() {
        Life life = Life.of(ID, "web", SETUP, Instant.EPOCH);
        Standing standing = new RestartPolicy(Rules.DEFAULT).standing(life, Surroundings.NONE, Instant.EPOCH);

        observer.changed(standing);
        observer.forgotten(ID);
        observer.lostTrackOf(ID);

        assertThat(told).containsExactly(standing, "forgotten " + ID, "lost track of " + ID);
    }
}
