package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.policy.Cause.Accident;
import watchdog.policy.Cause.Proof;

/** Each rule by itself; what comes of them in the course of time is in {@link LifecycleTest}. */
class RestartPolicyTest {

    private static final Instant T0 = LifeBench.T0;
    private static final double NO_JITTER = 0.5;
    private static final Trigger[] ALL = Trigger.values();

    private static final Setup SETUP = LifeBench.SETUP;
    private static final Phase CRASHED = down(Accident.CRASH, 137);
    private static final Phase ILL = Up.begun(T0).health(Health.UNHEALTHY);

    // ---- what has exited ----

    @ParameterizedTest(name = "{0}, {1}, down for {2}, {3}: {4}, because {5}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            1   | CRASH         | PT0S     | always         | start | it crashed with code 1
            1   | CRASH         | PT0S     | unless-stopped | start | it crashed with code 1
            1   | CRASH         | PT0S     | on-failure     | start | it crashed with code 1
            137 | CRASH         | PT0S     | always         | start | it was killed (SIGKILL, 137)
            0   | CRASH         | PT0S     | always         | start | it exited with code 0
            0   | CRASH         | PT0S     | unless-stopped | start | it exited with code 0
            0   | CRASH         | PT0S     | on-failure     | leave | it exited with code 0
            -   | CRASH         | PT0S     | on-failure     | start | it crashed
            137 | OUT_OF_MEMORY | PT0S     | always         | start | it ran out of memory
            137 | OUT_OF_MEMORY | PT0S     | on-failure     | start | it ran out of memory

            255 | OUTAGE        | PT0S     | always         | start | it went down with the engine
            255 | OUTAGE        | PT0S     | unless-stopped | start | it went down with the engine
            255 | OUTAGE        | PT0S     | on-failure     | start | it went down with the engine
            0   | OUTAGE        | PT0S     | on-failure     | leave | it exited with code 0

            137 | OWN_RESTART   | PT0S     | always         | start | watchdog's own restart took it down
            137 | OWN_RESTART   | PT0S     | unless-stopped | start | watchdog's own restart took it down
            0   | OWN_RESTART   | PT0S     | on-failure     | start | watchdog's own restart took it down

            143 | TOLD_STOP     | PT0S     | always         | leave | it was stopped just now
            143 | TOLD_STOP     | PT1H     | always         | leave | it was stopped just now
            143 | TOLD_STOP     | PT0S     | unless-stopped | leave | it was stopped just now
            143 | SURE_STOP     | PT9.999S | always         | wait until PT10S | an operator stopped it, but its policy is always
            143 | SURE_STOP     | PT10S    | always         | start | an operator stopped it, but its policy is always
            143 | SURE_STOP     | PT1H     | unless-stopped | leave | an operator stopped it
            143 | SURE_STOP     | PT1H     | on-failure     | leave | an operator stopped it
            0   | SURE_STOP     | PT1H     | on-failure     | leave | an operator stopped it
            143 | DOUBTED_STOP  | PT10S    | always         | start | an operator stopped it, but its policy is always
            143 | DOUBTED_STOP  | PT1H     | unless-stopped | leave | an operator stopped it

            1   | UNWITNESSED   | PT9.999S | always         | wait until PT10S | it exited with code 1, and nobody saw why
            1   | UNWITNESSED   | PT10S    | always         | start | it exited with code 1, and nobody saw why
            1   | UNWITNESSED   | PT10S    | unless-stopped | start | it exited with code 1, and nobody saw why
            1   | UNWITNESSED   | PT10S    | on-failure     | start | it exited with code 1, and nobody saw why
            0   | UNWITNESSED   | PT10S    | on-failure     | leave | it exited with code 0
            -   | UNWITNESSED   | PT10S    | on-failure     | start | it exited, and nobody saw why
            """)
    void whatHasExited(
            @Nullable Integer code, String cause, Duration downFor, String policy, String decision, String because) {
        Setup labelled = Setup.of(Map.of(LabelOptions.POLICY, policy));

        assertThat(decide(Rules.DEFAULT, life(down(causeNamed(cause), code), labelled), T0.plus(downFor)))
                .isEqualTo(decision + " because " + because);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CRASH       | it was killed (SIGKILL, 137), and exited containers are left
            OUTAGE      | it went down with the engine, and exited containers are left
            SURE_STOP   | an operator stopped it, and exited containers are left
            UNWITNESSED | it exited with code 137, and nobody saw why, and exited containers are left
            """)
    void whatHasExitedIsLeftWhereItIsNotToBeRestartedOnThat(String cause, String because) {
        Rules rules =
                new RulesBuilder().restartOn(Trigger.UNHEALTHY, Trigger.CREATED).build();

        assertThat(decide(rules, life(down(causeNamed(cause), 137)), T0.plusSeconds(60)))
                .isEqualTo("leave because " + because);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "UNLESS_STOPPED", "ON_FAILURE"})
    void whatWatchdogTookDownItBringsUpWhateverItRestartsOn(RestartMode mode) {
        Rules rules = new RulesBuilder().mode(mode).restartOn(Trigger.UNHEALTHY).build();

        assertThat(decide(rules, life(down(Accident.OWN_RESTART, 0)), T0))
                .isEqualTo("start because watchdog's own restart took it down");
    }

    // ---- when, and how often ----

    @ParameterizedTest(name = "after {0} starts, {1} after the last: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            0  | PT0S       | start
            1  | PT0S       | wait until PT1S
            1  | PT0.999S   | wait until PT1S
            1  | PT1S       | start
            2  | PT1S       | wait until PT2S
            2  | PT2S       | start
            3  | PT12S      | start
            9  | PT4M       | wait until PT4M16S
            99 | PT4M59.9S  | wait until PT5M
            99 | PT5M       | start
            """)
    void theNextStartWaitsForTheBackoffAfterTheLastStart(int starts, Duration later, String decision) {
        assertThat(decide(Rules.DEFAULT, with(starts(starts), life(CRASHED)), T0.plus(later)))
                .isEqualTo(decision + " because it was killed (SIGKILL, 137)");
    }

    @Test
    void anExitThatIsLeftAloneForAWhileStillWaitsForTheBackoff() {
        Life life = with(starts(5), life(down(Accident.UNWITNESSED, 1)));

        assertThat(decide(Rules.DEFAULT, life, T0.plusSeconds(9))).startsWith("wait until PT10S");
        assertThat(decide(Rules.DEFAULT, life, T0.plusSeconds(10))).startsWith("wait until PT16S");
        assertThat(decide(Rules.DEFAULT, life, T0.plusSeconds(16))).startsWith("start");
    }

    @ParameterizedTest(name = "give up after {0}, {1} in vain: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            0 | 99 | start because it was killed (SIGKILL, 137)
            3 | 2  | start because it was killed (SIGKILL, 137)
            3 | 3  | give up because it was killed (SIGKILL, 137) after 3 tries in a row
            3 | 4  | give up because it was killed (SIGKILL, 137) after 4 tries in a row
            1 | 1  | give up because it was killed (SIGKILL, 137) after 1 try
            """)
    void givesUpAfterSoManyStartsThatWereInVain(int giveUpAfter, int inVain, String decision) {
        Rules rules = new RulesBuilder().giveUpAfter(giveUpAfter).build();

        assertThat(decide(rules, with(inVain(inVain), life(CRASHED)), T0)).isEqualTo(decision);
    }

    @Test
    void givesUpRestartsThatWereInVainToo() {
        Rules rules =
                new RulesBuilder().restartOn(Trigger.UNHEALTHY).giveUpAfter(2).build();

        assertThat(decide(rules, with(inVain(1), life(ILL)), T0)).isEqualTo("restart because it is unhealthy");
        assertThat(decide(rules, with(inVain(2), life(ILL)), T0))
                .isEqualTo("give up because it is unhealthy after 2 tries in a row");
    }

    @Test
    void doesNotGiveUpRestartsForANamespaceBecauseOtherTriesWereInVain() {
        Rules rules = new RulesBuilder().giveUpAfter(2).build();
        Life life = with(inVain(2), life(namespaceLost(Up.begun(T0))));

        assertThat(decide(rules, life, T0.plusSeconds(1))).startsWith("restart because");
    }

    @Test
    void tellsHowLongTheNextTryIsPutOff() {
        assertThat(backoff(with(starts(3), life(CRASHED)))).isEqualTo(Duration.ofSeconds(4));
        assertThat(backoff(with(restarts(3), life(CRASHED)))).isZero();
        assertThat(backoff(with(restarts(3), life(ILL)))).isEqualTo(Duration.ofSeconds(4));
        assertThat(backoff(with(starts(3), life(ILL)))).isZero();
    }

    @Test
    void whatIsToBeDoneNowIsNotWaitedFor() {
        RestartPolicy policy =
                new RestartPolicy(new RulesBuilder().restartOn(ALL).build());

        for (Phase phase : List.of(CRASHED, ILL)) {
            assertThat(policy.decide(life(phase), Surroundings.NONE, T0).wait(T0))
                    .contains(Duration.ZERO);
        }
    }

    // ---- what has not run ----

    @ParameterizedTest(name = "restarted on {0}, error \"{1}\", {2} tries: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            EXITED  | port is taken | 0 | leave because it has not run yet
            CREATED | ''            | 0 | leave because it has not run yet
            CREATED | port is taken | 0 | start because its first start failed
            CREATED | port is taken | 1 | wait until PT1S because its first start failed
            CREATED | port is taken | 9 | wait until PT4M16S because its first start failed
            """)
    void whatIsOnlyCreated(Trigger trigger, String error, int tries, String decision) {
        Rules rules = new RulesBuilder().restartOn(trigger).giveUpAfter(1).build();

        assertThat(decide(rules, with(starts(tries), life(new Created(error))), T0))
                .isEqualTo(decision);
    }

    // ---- what runs ----

    @ParameterizedTest(name = "{0}, restarted on {1}, {2} tries: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            NONE      | UNHEALTHY | 0 | leave because it is running
            STARTING  | UNHEALTHY | 0 | leave because it is running
            HEALTHY   | UNHEALTHY | 0 | leave because it is running
            UNHEALTHY | EXITED    | 0 | leave because it is running
            UNHEALTHY | CREATED   | 0 | leave because it is running
            UNHEALTHY | UNHEALTHY | 0 | restart because it is unhealthy
            UNHEALTHY | UNHEALTHY | 1 | wait until PT1S because it is unhealthy
            UNHEALTHY | UNHEALTHY | 3 | wait until PT4S because it is unhealthy
            """)
    void whatIsRunning(Health health, Trigger trigger, int tries, String decision) {
        Rules rules = new RulesBuilder().restartOn(trigger).build();
        Phase running = Up.begun(T0).health(health);

        assertThat(decide(rules, with(restarts(tries), life(running)), T0)).isEqualTo(decision);
    }

    @Test
    void startsAndRestartsHaveABackoffOfTheirOwn() {
        Rules rules = new RulesBuilder().restartOn(ALL).build();

        assertThat(decide(rules, with(starts(5), life(ILL)), T0)).startsWith("restart");
        assertThat(decide(rules, with(restarts(5), life(CRASHED)), T0)).startsWith("start");
    }

    @ParameterizedTest(name = "{0} after its provider was started anew: {1}")
    @CsvSource({"PT0S, wait until PT1S", "PT0.999S, wait until PT1S", "PT1S, restart"})
    void whatHasLostItsNamespaceIsRestartedOnceAnOperatorCouldHaveDoneIt(Duration later, String decision) {
        assertThat(decide(Rules.DEFAULT, life(namespaceLost(Up.begun(T0))), T0.plus(later)))
                .isEqualTo(decision + " because the container whose namespace it joins was started anew");
    }

    @Test
    void whatHasLostItsNamespaceWaitsForTheBackoffOfRestarts() {
        Life life = with(restarts(3), life(namespaceLost(Up.begun(T0))));

        assertThat(decide(Rules.DEFAULT, life, T0.plusSeconds(1)))
                .isEqualTo("wait until PT4S because the container whose namespace it joins was started anew");
    }

    @Test
    void whatIsIllDoesNotWaitForAnOperatorToRestartItForItsNamespace() {
        Rules rules = new RulesBuilder().restartOn(Trigger.UNHEALTHY).build();

        assertThat(decide(rules, life(namespaceLost(ILL)), T0)).isEqualTo("restart because it is unhealthy");
    }

    @ParameterizedTest(name = "namespace lost {0}, {1}: because {2}")
    @CsvSource({
        "true, HEALTHY, an operator is stopping it",
        "false, UNHEALTHY, an operator is stopping it",
        "true, UNHEALTHY, an operator is stopping it",
        "false, HEALTHY, it is running",
    })
    void whatAnOperatorIsStoppingIsNotRestarted(boolean lost, Health health, String because) {
        Rules rules = new RulesBuilder().restartOn(Trigger.UNHEALTHY).build();
        Phase running = Up.begun(T0).health(health);
        Phase signalled = (lost ? namespaceLost(running) : running).signalled(new Kill(15, T0));

        assertThat(decide(rules, life(signalled), T0.plusSeconds(2))).isEqualTo("leave because " + because);
    }

    @Test
    void whatIsPausedIsLeftHoweverIll() {
        Rules rules = new RulesBuilder().restartOn(ALL).build();

        assertThat(decide(rules, life(namespaceLost(ILL.paused(true, T0))), T0.plusSeconds(9)))
                .isEqualTo("leave because somebody paused it");
    }

    @ParameterizedTest
    @CsvSource({
        "RESTARTING, the engine is restarting it",
        "REMOVING, it is being removed",
        "DEAD, its removal failed",
        "UNKNOWN, its state is not known",
    })
    void whatIsInAnyOtherStateIsLeft(ContainerState state, String because) {
        Rules rules = new RulesBuilder().restartOn(ALL).build();

        assertThat(decide(rules, life(new Elsewhere(state)), T0)).isEqualTo("leave because " + because);
    }

    @Test
    void whatCannotHaveItsNamespaceAnyMoreNeedsAnotherContainer() {
        Rules rules = new RulesBuilder().restartOn(ALL).build();
        for (Phase phase : List.of(CRASHED, ILL, namespaceLost(Up.begun(T0)), new Created("gone"))) {
            assertThat(decide(rules, orphan(life(phase)), T0.plusSeconds(60)))
                    .isEqualTo("give up because"
                            + " the container whose namespace it joins is gone: it needs to be created anew");
        }
    }

    // ---- what is never touched ----

    @ParameterizedTest(name = "{0}={1}: because {2}")
    @CsvSource(delimiter = '|', textBlock = """
            watchdog.enable              | false | its label watchdog.enable says so
            com.docker.compose.oneoff    | True  | it is a one-off run of compose
            com.docker.swarm.task.id     | x1    | it is a task of swarm, which looks after it
            com.docker.swarm.task.id     | ''    | it is a task of swarm, which looks after it
            io.kubernetes.pod.uid        | 1-2-3 | it is a container of Kubernetes, which looks after it
            com.hashicorp.nomad.alloc_id | 1-2-3 | it is an allocation of Nomad, which looks after it
            com.amazonaws.ecs.task-arn   | arn:x | it is a task of ECS, which looks after it
            """)
    void whatIsNotOurs(String label, String value, String because) {
        assertThatNothingIsDoneWith(new RulesBuilder(), Setup.of(Map.of(label, value)), because);
    }

    @Test
    void whatTheEngineRemovesWhenItExits() {
        Setup autoRemoved = new Setup(Map.of(), List.of(), "", true, "", null);

        assertThatNothingIsDoneWith(new RulesBuilder(), autoRemoved, "the engine removes it when it exits");
    }

    @Test
    void theContainerThatWatchdogRunsIn() {
        assertThatNothingIsDoneWith(new RulesBuilder().self(LifeBench.ID), SETUP, "it is watchdog itself");
    }

    @ParameterizedTest
    @EnumSource
    void underTheNoPolicyNothingIsTouchedButItIsSaidWhatWasSeen(Accident cause) {
        Rules no = new RulesBuilder().mode(RestartMode.NO).build();
        Life life = life(down(cause, 1));

        assertThat(decide(no, life, T0.plusSeconds(60)))
                .isEqualTo("leave because " + cause.inWords(OptionalInt.of(1)) + ", and its policy is no");
    }

    @Test
    void underTheNoPolicyNothingIsRestarted() {
        Rules no = new RulesBuilder().mode(RestartMode.NO).restartOn(ALL).build();

        assertThat(decide(no, life(ILL), T0)).isEqualTo("leave because it is unhealthy, and its policy is no");
        assertThat(decide(no, life(namespaceLost(Up.begun(T0))), T0)).startsWith("leave because");
        assertThat(decide(no, life(new Created("port is taken")), T0)).startsWith("leave because");
    }

    @Test
    void theLabelGoesBeforeTheNoPolicyAndSetsIt() {
        Rules no = new RulesBuilder().mode(RestartMode.NO).build();

        assertThat(decide(no, life(CRASHED, Setup.of(Map.of(LabelOptions.POLICY, "always"))), T0))
                .startsWith("start");
        assertThat(decide(Rules.DEFAULT, life(CRASHED, Setup.of(Map.of(LabelOptions.POLICY, "no"))), T0))
                .startsWith("leave");
    }

    @Test
    void whatIsNotOursStaysSoWithoutItsNamespace() {
        assertThat(decide(Rules.DEFAULT, orphan(life(CRASHED, Setup.of(Map.of(LabelOptions.ENABLE, "false")))), T0))
                .isEqualTo("leave because its label watchdog.enable says so");
    }

    @ParameterizedTest
    @CsvSource({
        "watchdog.enable, true",
        "watchdog.enable, 'no'",
        "com.docker.compose.oneoff, False",
        "com.docker.compose.oneoff, ''",
        "com.docker.compose.project, shop",
        "io.kubernetes.pod.name, web",
    })
    void whatOnlyLooksLikeThatIsStarted(String label, String value) {
        assertThat(decide(Rules.DEFAULT, life(CRASHED, Setup.of(Map.of(label, value))), T0))
                .startsWith("start");
    }

    @ParameterizedTest
    @CsvSource({
        "watchdog.enable, true",
        "watchdog.policy, true",
        "watchdog.stop-timeout, true",
        "watchdog.settle, true",
        "docker-volume-backup.stop-during-backup, true",
        "watchdog.enabled, true",
        "com.docker.compose.oneoff, true",
        "com.docker.swarm.task.id, true",
        "io.kubernetes.pod.uid, true",
        "com.hashicorp.nomad.alloc_id, true",
        "com.amazonaws.ecs.task-arn, true",
        "com.docker.compose.project, true",
        "com.docker.compose.service, true",
        "com.docker.compose.depends_on, true",
        "com.docker.compose.version, false",
        "tier, false",
    })
    void needsTheLabelsThatItGoesBy(String label, boolean needed) {
        assertThat(RestartPolicy.needs(label)).isEqualTo(needed);
    }

    // ---- what compose is replacing ----

    @ParameterizedTest(name = "{0} s after it was named so, both there {1}: {2}")
    @CsvSource({
        "0, true, leave because compose is replacing it",
        "3600, true, leave because compose is replacing it",
        "0, false, wait until PT1M because compose may be replacing it",
        "59, false, wait until PT1M because compose may be replacing it",
        "60, false, 'start because it was killed (SIGKILL, 137)'",
    })
    void whatHasComposesPrefixIsLeftWhileBothAreThereOrForAMinute(long later, boolean bothThere, String decision) {
        Life prefixed = named("249662c60a09_web", CRASHED);

        assertThat(decide(Rules.DEFAULT, prefixed, bothThere, T0.plusSeconds(later)))
                .isEqualTo(decision);
    }

    @Test
    void whatComposeMayBeReplacingIsNotRestartedEither() {
        Rules rules = new RulesBuilder().restartOn(Trigger.UNHEALTHY).build();

        assertThat(decide(rules, named("249662c60a09_web", ILL), false, T0)).startsWith("wait until PT1M because");
        assertThat(decide(rules, named("249662c60a09_web", ILL), true, T0))
                .isEqualTo("leave because compose is replacing it");
    }

    @ParameterizedTest(name = "both there {0}")
    @ValueSource(booleans = {false, true})
    void whatComposeMayBeReplacingIsLeftForTheReasonThatItHasIfItIsLeftAnyway(boolean bothThere) {
        Rules rules = new RulesBuilder().giveUpAfter(1).build();
        Life running = named("249662c60a09_web", Up.begun(T0));
        Life hopeless = with(inVain(1), named("249662c60a09_web", CRASHED));

        assertThat(decide(rules, running, bothThere, T0)).isEqualTo("leave because it is running");
        assertThat(decide(rules, hopeless, bothThere, T0)).startsWith("give up because");
    }

    @ParameterizedTest
    @CsvSource({
        "0123456789ab",
        "0123456789ab-web",
        "0123456789ab_",
        "0123456789a_web",
        "0123456789abc_web",
        "0123456789AB_web",
        "web_0123456789ab_web",
    })
    void whatOnlyLooksLikeComposesPrefixIsStarted(String name) {
        assertThat(decide(Rules.DEFAULT, named(name, CRASHED), true, T0)).startsWith("start");
    }

    // ---- what compose starts after another ----

    @Test
    void onlyWhatIsToBeStartedNowWaitsForItsTurn() {
        Predecessor first = new Predecessor("compose starts db before it", T0.plusSeconds(120));
        Surroundings inOrder = new Surroundings(true, true, true, true, false, first, Holds.NONE, NO_JITTER);
        RestartPolicy policy = new RestartPolicy(
                new RulesBuilder().mode(RestartMode.ON_FAILURE).build());

        assertThat(LifeBench.words(policy.decide(life(down(Accident.OUTAGE, 137)), inOrder, T0)))
                .isEqualTo("wait until PT2M because it went down with the engine, but compose starts db before it");
        assertThat(LifeBench.words(policy.decide(life(down(Accident.OUTAGE, 0)), inOrder, T0)))
                .isEqualTo("leave because it exited with code 0");
    }

    // ----

    private static void assertThatNothingIsDoneWith(RulesBuilder rules, Setup setup, String because) {
        Rules built = rules.restartOn(ALL).dependents().build();
        for (Phase phase : List.of(
                CRASHED,
                down(Accident.OWN_RESTART, 137),
                ILL,
                namespaceLost(Up.begun(T0)),
                new Created("port is taken"))) {
            assertThat(decide(built, life(phase, setup), T0.plusSeconds(60))).isEqualTo("leave because " + because);
        }
    }

    private static String decide(Rules rules, Life life, Instant now) {
        return decide(rules, life, false, now);
    }

    private static String decide(Rules rules, Life life, boolean isReplaced, Instant now) {
        return LifeBench.words(new RestartPolicy(rules).decide(life, Surroundings.NONE.replaced(isReplaced), now));
    }

    private static Duration backoff(Life life) {
        return new RestartPolicy(Rules.DEFAULT)
                .standing(life, Surroundings.NONE, T0)
                .backoff();
    }

    private static Phase down(Cause cause, @Nullable Integer code) {
        return new Down(cause, T0, code == null ? OptionalInt.empty() : OptionalInt.of(code));
    }

    private static Cause causeNamed(String name) {
        return switch (name) {
            case "TOLD_STOP" -> new Cause.Stop(new Proof.Told());
            case "SURE_STOP" -> new Cause.Stop(new Proof.Sure(T0));
            case "DOUBTED_STOP" -> new Cause.Stop(new Proof.Doubted(T0));
            default -> Accident.valueOf(name);
        };
    }

    private static Phase namespaceLost(Phase up) {
        return ((Up) up).with(Namespaces.NONE.lostAt(T0));
    }

    private static Attempts starts(int count) {
        return tried(Work.START, count);
    }

    private static Attempts restarts(int count) {
        return tried(Work.RESTART, count);
    }

    private static Attempts tried(Work work, int count) {
        Attempts attempts = Attempts.NONE;
        for (int tried = 0; tried < count; tried++) {
            attempts = attempts.tried(work, T0, NO_JITTER);
        }
        return attempts;
    }

    private static Attempts inVain(int count) {
        Attempts attempts = Attempts.NONE;
        for (int accepted = 0; accepted < count; accepted++) {
            attempts = attempts.accepted(T0, Rules.DEFAULT.crashLoop());
        }
        return attempts;
    }

    private static Life life(Phase phase) {
        return life(phase, SETUP);
    }

    private static Life life(Phase phase, Setup setup) {
        return life("web", setup, phase, Attempts.NONE, false);
    }

    private static Life named(String name, Phase phase) {
        return life(name, SETUP, phase, Attempts.NONE, false);
    }

    private static Life with(Attempts attempts, Life life) {
        return life(life.name(), life.setup(), life.phase(), attempts, life.isOrphan());
    }

    private static Life orphan(Life life) {
        return life(life.name(), life.setup(), life.phase(), life.attempts(), true);
    }

    private static Life life(String name, Setup setup, Phase phase, Attempts attempts, boolean isOrphan) {
        return new Life(
                LifeBench.ID, name, T0, setup, true, false, T0, phase, null, attempts, isOrphan, Telling.NONE, null);
    }
}
