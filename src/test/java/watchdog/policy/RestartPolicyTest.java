package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule by itself; what comes of them in the course of time is in the timelines. */
class RestartPolicyTest {

    private static final Instant T0 = Instant.parse("2026-11-22T03:00:00Z");
    private static final double NO_JITTER = 0.5;

    private static final String ID = "0123456789abcdef".repeat(4);
    private static final Setup SETUP = new Setup(Map.of(), "bridge", "no", false, "", null);

    /** What was seen of a container, at {@link #T0}. */
    enum Seen {
        NOTHING,
        CRASH,
        OUT_OF_MEMORY,
        STOP,
        CONFIRMED_STOP,
        FOUND_DOWN,
        REMEMBERED_STOP,
        OUTAGE;

        History history(Rules rules) {
            History history = new History(rules);
            switch (this) {
                case NOTHING -> {}
                case CRASH -> history.died(T0);
                case OUT_OF_MEMORY -> {
                    history.outOfMemory(T0);
                    history.died(T0);
                }
                case STOP, CONFIRMED_STOP -> {
                    history.killed(new Kill(15, T0));
                    history.died(T0);
                    if (this == CONFIRMED_STOP) {
                        history.confirmed(T0.plusMillis(1));
                    }
                }
                case FOUND_DOWN, REMEMBERED_STOP -> {
                    history.foundDown(T0);
                    if (this == REMEMBERED_STOP) {
                        history.remembered();
                    }
                }
                case OUTAGE -> history.outage(T0);
            }
            return history;
        }
    }

    @ParameterizedTest(name = "{0}, {1}, down for {2}, {3}: {4}, because {5}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            137 | CRASH           | PT0S     | always         | start | it crashed with code 137
            137 | CRASH           | PT0S     | unless-stopped | start | it crashed with code 137
            137 | CRASH           | PT0S     | on-failure     | start | it crashed with code 137
            0   | CRASH           | PT0S     | always         | start | it crashed with code 0
            0   | CRASH           | PT0S     | unless-stopped | start | it crashed with code 0
            0   | CRASH           | PT0S     | on-failure     | leave | it exited with code 0
            -   | CRASH           | PT0S     | on-failure     | start | it crashed
            137 | OUT_OF_MEMORY   | PT0S     | always         | start | it ran out of memory
            137 | OUT_OF_MEMORY   | PT0S     | on-failure     | start | it ran out of memory

            143 | STOP            | PT0S     | always         | leave | it was stopped just now
            143 | STOP            | PT1H     | always         | leave | it was stopped just now
            143 | STOP            | PT0S     | unless-stopped | leave | it was stopped
            143 | CONFIRMED_STOP  | PT9.999S | always         | wait until PT10S | an operator stopped it, but its policy is always
            143 | CONFIRMED_STOP  | PT10S    | always         | start | an operator stopped it, but its policy is always
            143 | CONFIRMED_STOP  | PT1H     | unless-stopped | leave | an operator stopped it
            143 | CONFIRMED_STOP  | PT1H     | on-failure     | leave | an operator stopped it
            0   | CONFIRMED_STOP  | PT1H     | on-failure     | leave | an operator stopped it

            1   | FOUND_DOWN      | PT9.999S | always         | wait until PT10S | it exited with code 1, and nobody saw why
            1   | FOUND_DOWN      | PT10S    | always         | start | it exited with code 1
            1   | FOUND_DOWN      | PT10S    | unless-stopped | start | it exited with code 1
            1   | FOUND_DOWN      | PT10S    | on-failure     | start | it exited with code 1
            0   | FOUND_DOWN      | PT10S    | on-failure     | leave | it exited with code 0
            -   | FOUND_DOWN      | PT10S    | on-failure     | start | it exited
            143 | REMEMBERED_STOP | PT9.999S | always         | wait until PT10S | an operator stopped it, but its policy is always
            143 | REMEMBERED_STOP | PT10S    | always         | start | an operator stopped it, but its policy is always
            143 | REMEMBERED_STOP | PT1H     | unless-stopped | leave | an operator stopped it

            255 | OUTAGE          | PT0S     | always         | start | it went down with the engine
            255 | OUTAGE          | PT0S     | unless-stopped | start | it went down with the engine
            255 | OUTAGE          | PT0S     | on-failure     | start | it went down with the engine
            0   | OUTAGE          | PT0S     | on-failure     | leave | it exited with code 0
            1   | NOTHING         | PT0S     | always         | start | it exited with code 1
            """)
    void whatHasExited(
            @Nullable Integer code, Seen seen, Duration downFor, String policy, String decision, String because) {
        Rules rules = Rules.DEFAULT;
        Map<String, String> labels = Map.of(Wishes.POLICY, policy);
        Container container = container(exited(code), new Setup(labels, "bridge", "", false, "", null));

        Decision decided = new RestartPolicy(rules)
                .decide(container, Wishes.of(labels, rules), seen.history(rules), T0.plus(downFor));

        assertThat(words(decided)).isEqualTo(decision + " because " + because);
    }

    @ParameterizedTest(name = "{0}, {1}: because {2}")
    @CsvSource(delimiter = '|', textBlock = """
            CRASH          | always     | it crashed with code 137, and exited containers are left
            OUTAGE         | always     | it went down with the engine, and exited containers are left
            CONFIRMED_STOP | on-failure | an operator stopped it, and exited containers are left
            FOUND_DOWN     | always     | it exited with code 137, and exited containers are left
            """)
    void whatHasExitedIsLeftWhereItIsNotToBeRestartedOnThat(Seen seen, String policy, String because) {
        Rules rules = rules("unhealthy created", 0);

        Decision decided = new RestartPolicy(rules)
                .decide(
                        container(exited(137), SETUP),
                        Wishes.of(Map.of(Wishes.POLICY, policy), rules),
                        seen.history(rules),
                        T0.plusSeconds(60));

        assertThat(words(decided)).isEqualTo("leave because " + because);
    }

    @ParameterizedTest(name = "after {0} tries, {1} after the last: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            0  | PT0S       | start
            1  | PT0S       | wait until PT1S
            1  | PT0.999S   | wait until PT1S
            1  | PT1S       | start
            2  | PT1S       | wait until PT2S
            2  | PT2S       | start
            9  | PT4M       | wait until PT4M16S
            99 | PT4M59.9S  | wait until PT5M
            99 | PT5M       | start
            """)
    void theNextStartWaitsForTheBackoff(int tries, Duration later, String decision) {
        History history = Seen.CRASH.history(Rules.DEFAULT);
        fail(history, tries);

        assertThat(decide(Rules.DEFAULT, container(exited(1), SETUP), history, T0.plus(later)))
                .isEqualTo(decision + " because it crashed with code 1");
    }

    @ParameterizedTest(name = "give up after {0}, {1} did not last, {2} failed: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0  | 0  | start because it crashed with code 1
            0 | 99 | 0  | start because it crashed with code 1
            3 | 2  | 0  | start because it crashed with code 1
            3 | 3  | 0  | give up because it crashed with code 1 after 3 starts in a row
            3 | 4  | 0  | give up because it crashed with code 1 after 4 starts in a row
            3 | 0  | 99 | start because it crashed with code 1
            1 | 1  | 0  | give up because it crashed with code 1 after 1 starts in a row
            """)
    void givesUpAfterSoManyStartsThatDidNotLastButNeverForStartsThatFail(
            int giveUpAfter, int lost, int failed, String decision) {
        Rules rules = rules("exited", giveUpAfter);
        History history = Seen.CRASH.history(rules);
        for (int start = 0; start < lost; start++) {
            history.startAccepted(T0);
        }
        fail(history, lost + failed);

        assertThat(decide(rules, container(exited(1), SETUP), history, T0.plusSeconds(3600)))
                .isEqualTo(decision);
    }

    @ParameterizedTest(name = "restarted on {0}, error \"{1}\", {2} tries: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            exited         | port is taken | 0 | leave because it has not run yet
            exited created | ''            | 0 | leave because it has not run yet
            exited created | port is taken | 0 | start because its first start failed
            created        | port is taken | 0 | start because its first start failed
            created        | port is taken | 1 | wait until PT1S because its first start failed
            """)
    void whatIsOnlyCreated(String restartOn, String error, int tries, String decision) {
        Rules rules = rules(restartOn, 1);
        History history = new History(rules);
        fail(history, tries);
        Status status =
                new Status(ContainerState.CREATED, Health.NONE, OptionalInt.of(128), error, null, null, Duration.ZERO);

        assertThat(decide(rules, container(status, SETUP), history, T0)).isEqualTo(decision);
    }

    @ParameterizedTest(name = "{0}, restarted on {1}, {2} tries: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            NONE      | unhealthy        | 0 | leave because it is running
            STARTING  | unhealthy        | 0 | leave because it is running
            HEALTHY   | unhealthy        | 0 | leave because it is running
            UNHEALTHY | exited           | 0 | leave because it is running
            UNHEALTHY | exited created   | 0 | leave because it is running
            UNHEALTHY | exited unhealthy | 0 | restart within PT42S because it is unhealthy
            UNHEALTHY | unhealthy        | 1 | wait until PT1S because it is unhealthy
            UNHEALTHY | unhealthy        | 3 | wait until PT4S because it is unhealthy
            """)
    void whatIsRunning(Health health, String restartOn, int tries, String decision) {
        Rules rules = rules(restartOn, 1);
        History history = new History(rules);
        history.up(T0);
        for (int restart = 0; restart < tries; restart++) {
            history.triedRestart(T0, NO_JITTER);
        }
        Setup setup = new Setup(Map.of(), "bridge", "", false, "", Duration.ofSeconds(42));
        Container container = container(Status.of(ContainerState.RUNNING).withHealth(health), setup);

        assertThat(decide(rules, container, history, T0)).isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource({
        "watchdog.enable, true",
        "watchdog.policy, true",
        "watchdog.stop-timeout, true",
        "com.docker.compose.oneoff, true",
        "com.docker.swarm.task.id, true",
        "com.docker.compose.project, false",
    })
    void needsTheLabelsThatItGoesBy(String label, boolean needed) {
        assertThat(RestartPolicy.needs(label)).isEqualTo(needed);
    }

    @Test
    void startsDoNotDelayTheRestartOfWhatIsUnhealthy() {
        Rules rules = rules("unhealthy", 0);
        History history = new History(rules);
        history.up(T0);
        fail(history, 5);
        Container container = container(Status.of(ContainerState.RUNNING).withHealth(Health.UNHEALTHY), SETUP);

        assertThat(decide(rules, container, history, T0)).isEqualTo("restart within PT10S because it is unhealthy");
    }

    @ParameterizedTest(name = "{0} after the network was lost: {1}")
    @CsvSource({"PT0S, wait until PT1S", "PT0.999S, wait until PT1S", "PT1S, restart within PT10S"})
    void whatHasLostItsNetworkIsRestartedOnceAnOperatorCouldHaveDoneIt(Duration later, String decision) {
        History history = new History(Rules.DEFAULT);
        history.up(T0.minusSeconds(60));
        history.networkLost(T0);

        assertThat(decide(Rules.DEFAULT, container(Status.of(ContainerState.RUNNING), SETUP), history, T0.plus(later)))
                .isEqualTo(decision + " because the container whose network it lives in was started anew");
    }

    @ParameterizedTest(name = "network lost {0}, {1}: because {2}")
    @CsvSource({
        "true, HEALTHY, an operator is stopping it",
        "false, UNHEALTHY, an operator is stopping it",
        "true, UNHEALTHY, an operator is stopping it",
        "false, HEALTHY, it is running",
    })
    void whatAnOperatorIsStoppingIsNotRestarted(boolean networkLost, Health health, String because) {
        Rules rules = rules("unhealthy", 0);
        History history = new History(rules);
        history.up(T0.minusSeconds(60));
        if (networkLost) {
            history.networkLost(T0);
        }
        history.killed(new Kill(15, T0.plusMillis(500)));

        assertThat(decide(rules, running(health), history, T0.plusSeconds(1))).isEqualTo("leave because " + because);
    }

    @Test
    void whatHasLostItsNetworkAndCouldNotBeRestartedIsTriedAgainWithBackoff() {
        History history = new History(Rules.DEFAULT);
        history.up(T0.minusSeconds(60));
        history.networkLost(T0);
        history.triedRestart(T0.plusSeconds(5), NO_JITTER);
        history.triedRestart(T0.plusSeconds(6), NO_JITTER);

        assertThat(decide(Rules.DEFAULT, running(Health.NONE), history, T0.plusSeconds(7)))
                .isEqualTo("wait until PT8S because the container whose network it lives in was started anew");
    }

    @Test
    void whatIsUnhealthyDoesNotWaitForAnOperatorToRestartItForItsNetwork() {
        Rules rules = rules("unhealthy", 0);
        History history = new History(rules);
        history.up(T0.minusSeconds(60));
        history.networkLost(T0);

        assertThat(decide(rules, running(Health.UNHEALTHY), history, T0))
                .isEqualTo("restart within PT10S because it is unhealthy");
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotHaveItsNetworkAnyMoreNeedsAnotherContainer(ContainerState state) {
        History history = Seen.CRASH.history(Rules.DEFAULT);
        history.orphaned();

        assertThat(decide(Rules.DEFAULT, container(Status.of(state), SETUP), history, T0))
                .isEqualTo("give up because"
                        + " the container whose network it joins is gone: it needs to be created anew");
    }

    @ParameterizedTest
    @CsvSource({
        "PAUSED, somebody paused it",
        "RESTARTING, the engine is restarting it",
        "REMOVING, it is being removed",
        "DEAD, its removal failed",
        "UNKNOWN, its state is not known",
        "RUNNING, it is running",
        "CREATED, it has not run yet",
    })
    void whatIsInAnyOtherStateIsLeftWhateverWasSeen(ContainerState state, String because) {
        for (Seen seen : Seen.values()) {
            assertThat(decide(
                            rules("exited unhealthy created", 0),
                            container(Status.of(state), SETUP),
                            seen.history(Rules.DEFAULT),
                            T0.plusSeconds(60)))
                    .isEqualTo("leave because " + because);
        }
    }

    @ParameterizedTest(name = "{0}={1}, auto-remove {2}, name {3}: because {4}")
    @CsvSource(delimiter = '|', textBlock = """
            watchdog.enable           | false | false | web              | its label watchdog.enable says so
            com.docker.compose.oneoff | True  | false | web              | it is a one-off run of compose
            com.docker.swarm.task.id  | x1    | false | web              | it is a task of swarm, which looks after it
            com.docker.swarm.task.id  | ''    | false | web              | it is a task of swarm, which looks after it
            tier                      | front | true  | web              | the engine removes it when it exits
            tier                      | front | false | 0123456789ab_web | compose is replacing it
            tier                      | front | false | fedcba987654_web | compose is replacing it
            """)
    void whatIsNotOursIsNeverTouched(String label, String value, boolean autoRemove, String name, String because) {
        Map<String, String> labels = Map.of(label, value);
        Setup setup = new Setup(labels, "bridge", "", autoRemove, "", null);
        for (Status status :
                Set.of(exited(137), Status.of(ContainerState.RUNNING).withHealth(Health.UNHEALTHY))) {
            Container container = new Container(ID, name, status, setup);

            assertThat(decide(rules("exited unhealthy created", 0), container, Seen.CRASH.history(Rules.DEFAULT), T0))
                    .isEqualTo("leave because " + because);
        }
    }

    @ParameterizedTest(name = "{0}={1}, name {2}")
    @CsvSource({
        "watchdog.enable, true, web",
        "watchdog.enable, 'no', web",
        "com.docker.compose.oneoff, False, web",
        "com.docker.compose.oneoff, '', web",
        "com.docker.compose.project, shop, web",
        "tier, front, 0123456789ab",
        "tier, front, 0123456789ab-web",
        "tier, front, 0123456789ab_",
        "tier, front, 0123456789a_web",
        "tier, front, 0123456789abc_web",
        "tier, front, 0123456789AB_web",
        "tier, front, web_0123456789ab_web",
    })
    void whatOnlyLooksLikeThatIsStarted(String label, String value, String name) {
        Container container = new Container(ID, name, exited(137), Setup.of(Map.of(label, value)));

        assertThat(decide(Rules.DEFAULT, container, Seen.CRASH.history(Rules.DEFAULT), T0))
                .isEqualTo("start because it crashed with code 137");
    }

    @Test
    void theContainerThatWatchdogRunsInIsNeverTouched() {
        Rules rules = new Rules(
                RestartMode.ALWAYS,
                EnumSet.allOf(Trigger.class),
                Duration.ZERO,
                Rules.DEFAULT.backoff(),
                Duration.ZERO,
                Rules.DEFAULT.crashLoop(),
                0,
                true,
                ID);

        assertThat(decide(rules, container(exited(1), SETUP), Seen.CRASH.history(rules), T0))
                .isEqualTo("leave because it is watchdog itself");
    }

    @Test
    void whatIsNotOursStaysSoWithoutItsNetwork() {
        History history = new History(Rules.DEFAULT);
        history.orphaned();

        assertThat(decide(
                        Rules.DEFAULT, container(exited(1), new Setup(Map.of(), "", "", true, "", null)), history, T0))
                .isEqualTo("leave because the engine removes it when it exits");
    }

    private static void fail(History history, int tries) {
        for (int start = 0; start < tries; start++) {
            history.triedStart(T0, NO_JITTER);
        }
    }

    private static String decide(Rules rules, Container container, History history, Instant now) {
        Wishes wishes = Wishes.of(container.setup().labels(), rules);
        return words(new RestartPolicy(rules).decide(container, wishes, history, now));
    }

    private static String words(Decision decision) {
        String what;
        if (decision instanceof Decision.Wait wait) {
            what = "wait until " + Duration.between(T0, wait.until());
        } else if (decision instanceof Decision.Restart restart) {
            what = "restart within " + restart.stopTimeout();
        } else if (decision instanceof Decision.GiveUp) {
            what = "give up";
        } else {
            what = decision instanceof Decision.Start ? "start" : "leave";
        }
        return what + " because " + decision.reason();
    }

    private static Container container(Status status, Setup setup) {
        return new Container(ID, "web", status, setup);
    }

    private static Container running(Health health) {
        return container(Status.of(ContainerState.RUNNING).withHealth(health), SETUP);
    }

    private static Status exited(@Nullable Integer code) {
        return code == null ? Status.of(ContainerState.EXITED) : Status.exited(code);
    }

    private static Rules rules(String restartOn, int giveUpAfter) {
        Rules rules = Rules.DEFAULT;
        Set<Trigger> triggers = Stream.of(Trigger.values())
                .filter(trigger -> Set.of(restartOn.split(" ")).contains(trigger.toString()))
                .collect(Collectors.toSet());
        return new Rules(
                rules.mode(),
                triggers,
                rules.settle(),
                rules.backoff(),
                rules.resetAfter(),
                rules.crashLoop(),
                giveUpAfter,
                rules.dependents(),
                rules.self());
    }
}
