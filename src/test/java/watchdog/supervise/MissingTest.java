package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is on the list and does not exist. */
class MissingTest extends SupervisorBench {

    @Test
    void areToldOnceAndOnceWhenTheyAppear() {
        Box web = bench.running("web");
        bench.watch(Duration.ofMinutes(1));
        bench.running("db-7");
        bench.watch(Duration.ofMinutes(1));
        web.remove();
        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.told.facts()).containsExactly("missing api,db-*", "appeared db-7 for db-*", "missing web");
    }

    @Test
    void areNotRemembered() {
        Box web = watched("web");
        Box api = bench.running("api");
        bench.pass();
        assertThat(bench.size()).isEqualTo(2);
        bench.eventsEnd();
        web.remove();
        api.remove();

        bench.pass();

        assertThat(bench.size()).isZero();
    }
}
