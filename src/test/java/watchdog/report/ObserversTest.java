package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import watchdog.ForkedJvm;
import watchdog.policy.Fact;

@Timeout(30)
class ObserversTest {

    private static final Fact ONE = new Fact.EventsFound();
    private static final Fact OTHER = new Fact.EngineRestarted();

    private static final List<String> LOG_TO_OUT = List.of(
            "-Dorg.slf4j.simpleLogger.logFile=System.out",
            "-Dorg.slf4j.simpleLogger.showThreadName=false",
            "-Dorg.slf4j.simpleLogger.showLogName=false");

    /** Fails at every fact, without a stack trace. */
    private static class Failing implements Observer {

        @Override
        public void tell(Fact fact) {
            RuntimeException fault = new IllegalStateException("no way");
            fault.setStackTrace(new StackTraceElement[0]);
            throw fault;
        }
    }

    private static final class FailingToo extends Failing {}

    @Test
    void allAreToldInTheirOrder() {
        List<String> told = new ArrayList<>();
        Observers observers = new Observers(List.of(fact -> told.add("a " + fact), fact -> told.add("b " + fact)));

        observers.tell(ONE);
        observers.tell(OTHER);

        assertThat(told).containsExactly("a " + ONE, "b " + ONE, "a " + OTHER, "b " + OTHER);
    }

    @Test
    void oneThatFailsHarmsNeitherTheOthersNorWhoeverTells() {
        List<Fact> before = new ArrayList<>();
        List<Fact> after = new ArrayList<>();
        Observers observers = new Observers(List.of(before::add, new Failing(), after::add));

        observers.tell(ONE);
        observers.tell(OTHER);

        assertThat(before).containsExactly(ONE, OTHER);
        assertThat(after).containsExactly(ONE, OTHER);
    }

    @Test
    void oneThatHasFailedIsToldOn() {
        List<Fact> told = new ArrayList<>();
        Observers observers = new Observers(List.of(fact -> {
            told.add(fact);
            throw new IllegalStateException("no way");
        }));

        observers.tell(ONE);
        observers.tell(OTHER);

        assertThat(told).containsExactly(ONE, OTHER);
    }

    /** In a process of its own, for what it logs. */
    static final class FailAgainAndAgain {

        private FailAgainAndAgain() {}

        public static void main(String[] args) {
            Observers observers = new Observers(List.of(new Failing(), new FailingToo()));
            observers.tell(ONE);
            observers.tell(ONE);
            observers.tell(OTHER);
        }
    }

    @Test
    void aFailureIsLoggedOncePerObserver(@TempDir Path folder) {
        List<String> lines =
                ForkedJvm.run(folder, FailAgainAndAgain.class, LOG_TO_OUT).out();

        assertThat(lines)
                .containsExactly(
                        "ERROR the observer watchdog.report.ObserversTest$Failing has failed, which is a bug;"
                                + " it is told of what follows, but its failures are not logged any more",
                        "java.lang.IllegalStateException: no way",
                        "ERROR the observer watchdog.report.ObserversTest$FailingToo has failed, which is a bug;"
                                + " it is told of what follows, but its failures are not logged any more",
                        "java.lang.IllegalStateException: no way");
    }
}
