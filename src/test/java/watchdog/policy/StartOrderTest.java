package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.T0;
import static watchdog.policy.LifeBench.exited;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who waits for whom; what comes of that is in the supervisor's test of the same name. */
class StartOrderTest {

    private static final String PROJECT = "com.docker.compose.project";
    private static final String SERVICE = "com.docker.compose.service";
    private static final String DEPENDS_ON = "com.docker.compose.depends_on";

    private static final Setup WEB = setup("shop", "front", "db:service_healthy:false");
    private static final Setup DB = setup("shop", "db", "");

    private static Setup setup(String project, String service, String dependsOn) {
        return Setup.of(Map.of(PROJECT, project, SERVICE, service, DEPENDS_ON, dependsOn));
    }

    private static Life foundDown(String name, Setup setup) {
        return LifeBench.unknown(Rules.DEFAULT, name, setup)
                .inspected(exited(1))
                .life();
    }

    @Test
    void whatIsFoundDownWaitsForWhatItDependsOn() {
        Life web = foundDown("web", WEB);
        List<Life> others = List.of(
                web,
                foundDown("alone", Setup.of(Map.of())),
                foundDown("no-service", Setup.of(Map.of(PROJECT, "shop"))),
                foundDown("no-project", Setup.of(Map.of(SERVICE, "db"))),
                foundDown("of-another", setup("blog", "db", "")));
        List<Life> all =
                Stream.concat(others.stream(), Stream.of(foundDown("db-1", DB))).toList();

        assertThat(StartOrder.predecessor(web, all, T0))
                .isEqualTo(new Predecessor("compose starts db-1 before it, which is waited for until then", T0));
        assertThat(StartOrder.predecessor(web, others, T0)).isNull();
    }

    @Test
    void whatWentDownWithTheEngineWaitsToo() {
        LifeBench web = LifeBench.running(Rules.DEFAULT, WEB).take(new Input.EventsEnded());
        web.take(new Input.EngineGone()).take(new Input.EventsBegun()).at(10).inspected(exited(137));

        assertThat(StartOrder.isBefore(foundDown("db-1", DB), web.life())).isTrue();
    }

    @Test
    void whatRunsOrWasSeenToCrashWaitsForNobody() {
        LifeBench web = LifeBench.running(Rules.DEFAULT, WEB);
        Life db = foundDown("db-1", DB);
        assertThat(StartOrder.isBefore(db, web.life())).isFalse();

        web.died(1);

        assertThat(StartOrder.isBefore(db, web.life())).isFalse();
        assertThat(StartOrder.predecessor(web.life(), List.of(db), T0)).isNull();
    }

    @Test
    void onlyAServiceThatIsDownMayHoldUpOthers() {
        assertThat(StartOrder.mayHoldUpOthers(foundDown("db-1", DB))).isTrue();
        assertThat(StartOrder.mayHoldUpOthers(foundDown("db-1", Setup.of(Map.of()))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"STARTING, true", "HEALTHY, false", "UNHEALTHY, false", "NONE, false"})
    void whatRunsMayHoldUpOthersUntilItKnowsItsHealth(Health health, boolean mayHoldUp) {
        Life db = LifeBench.running(Rules.DEFAULT, DB).inspectedUp(health).life();

        assertThat(StartOrder.mayHoldUpOthers(db)).isEqualTo(mayHoldUp);
    }
}
