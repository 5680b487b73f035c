package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import watchdog.policy.Fact;

/** What is told of the engine's events each time that they begin or end. */
class EngineContactTest {

    private final List<Fact> told = new ArrayList<>();
    private final EngineContact contact = new EngineContact(told::add);

    @Test
    void eachBeginningIsTold() {
        contact.eventsBegun(Instant.EPOCH);
        contact.eventsBegun(Instant.EPOCH);

        assertThat(told).containsExactly(new Fact.EventsBegun(), new Fact.EventsBegun());
    }

    @Test
    void anEndIsToldOfEventsThatHadBegun() {
        contact.eventsEnded("refused");
        contact.eventsBegun(Instant.EPOCH);
        contact.eventsEnded("reset");
        contact.eventsEnded("refused");

        assertThat(told).containsExactly(new Fact.EventsBegun(), new Fact.EventsEnded("reset"));
    }
}
