package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import watchdog.engine.EngineEvent;
import watchdog.policy.Backoff;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.CrashLoop;
import watchdog.policy.Decision;
import watchdog.policy.Health;
import watchdog.policy.Outcome;
import watchdog.policy.RestartMode;
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.policy.Trigger;

/**
 * What is decided in the course of time, a letter a second. Below the name of a timeline, with what in the rules is
 * other than usual, stands what happens to a container that has been running for an hour, or
 * that nobody has seen yet ({@code unseen}):
 *
 * <pre>
 * .  nothing                              ~  nothing, and an hour goes by
 *
 *    events of the engine
 * k  kill with signal 15 (TERM)           d  die with exit code 137
 * 9  kill with signal 9                   z  die with exit code 0
 * h  kill with signal 1 (HUP)             P  die with exit code 137, as Podman tells it
 * y  kill with signal 10 (USR1)           m  die for want of memory, as Podman tells it
 * 0  kill, as Podman tells it             s  stop
 * o  oom
 * u  start                                r  restart
 * p  pause                                q  unpause
 * i  health_status: unhealthy             w  health_status: healthy
 *
 *    what no event tells
 * v  its process ends                     a  it is started
 * I  it becomes unhealthy                 W  it becomes healthy
 * l  its provider is started anew         L  a pass lists it as it is
 * E  the events end                       B  they begin again
 * X  the engine does not answer
 *
 *    the end of our own start or restart
 * U  it is up                             D  it was up, and is down again
 * F  the engine refused                   N  it was not needed any more
 * ?  nobody knows, for the engine did not answer
 * </pre>
 *
 * <p>and below that what is decided right after: <b>L</b>eave, <b>S</b>tart, <b>R</b>estart, <b>W</b>ait, <b>G</b>ive
 * up, or {@code -} for nothing, where something is being done already or the engine does not answer.
 */
class TimelineTest {

    @TestFactory
    Stream<DynamicTest> crashes() {
        return timelines("""
                what runs is left
                    ..L..~.
                    LLLLLLL

                a crash is answered at once
                    .d.uU..
                    LS--LLL

                a crash is answered at once [unless-stopped]
                    .d.uU..
                    LS--LLL

                a failure is answered at once [on-failure]
                    .d.uU..
                    LS--LLL

                an end with code 0 is answered at once
                    .z.uU..
                    LS--LLL

                an end with code 0 is answered at once [unless-stopped]
                    .z.uU..
                    LS--LLL

                an end with code 0 is no failure [on-failure]
                    .z.L~L
                    LLLLLL

                want of memory is answered at once
                    .od.uU.
                    LLS--LL

                want of memory is answered at once [on-failure]
                    .od.uU.
                    LLS--LL

                the want of memory of a child does not end the container
                    .o..~L
                    LLLLLL

                a crash an hour after the want of memory of a child
                    .o~.d.uU
                    LLLLS--L

                an exit that no event told is found by a pass, and left until it has settled
                    .v.L..
                    LLLWS-

                an exit long ago that no event told is answered by the pass that finds it
                    .v~L.aU
                    LLLS--L

                somebody was faster
                    .d.uN..d
                    LS--LLLS

                somebody was faster, and no event told
                    .d.aNL.d
                    LS--LLLS

                it is paused, and so not started
                    .p~Lq.d
                    LLLLLLS
                """);
    }

    @TestFactory
    Stream<DynamicTest> stops() {
        return timelines("""
                docker stop, die told before stop
                    .k.dsL.
                    LLLLLWS

                docker stop, stop told before die
                    .k.sdL..
                    LLLLLWWS

                docker stop, die told before stop [unless-stopped]
                    .k.dsL~LL
                    LLLLLLLLL

                docker stop, stop told before die [unless-stopped]
                    .k.sdL~LL
                    LLLLLLLLL

                docker stop of what does not end of TERM [unless-stopped]
                    .k.........9dsL~L
                    LLLLLLLLLLLLLLLLL

                docker stop whose kill was lost: nobody can know
                    .d.s..
                    LS----

                docker stop while Docker's own policy waits to start it [unless-stopped]
                    .dD.D.sL~L
                    LSWSWWLLLL

                docker stop whose death was not told [unless-stopped]
                    .k.vs.L.L~L
                    LLLLLLLLLLL

                docker stop of which only the kill was told [unless-stopped]
                    .k.v..L.L~L
                    LLLLLLLLLLL

                docker stop of which only the stop was told [unless-stopped]
                    .vs...L.L~L
                    LLLLLLLLLLL

                docker stop with another signal, as of haproxy [unless-stopped]
                    .y.....dsL~L
                    LLLLLLLWLLLL

                docker stop with a HUP in between [unless-stopped]
                    .kh....dsL~L
                    LLLLLLLLLLLL

                docker kill
                    .9dL...
                    LLLWWS-

                docker kill [unless-stopped]
                    .9dL~L
                    LLLLLL

                docker kill, with exit code 0 [on-failure]
                    .kzL~L
                    LLLLLL

                docker kill -s HUP, and a crash an hour later
                    .h~.d.uU
                    LLLLS--L

                docker kill -s HUP, and a crash an hour later [unless-stopped]
                    .h~.d.uU
                    LLLLS--L

                docker kill -s HUP that ends it at once
                    .hdL..
                    LLWWWS

                docker kill -s HUP that ends it at once [unless-stopped]
                    .hdL~L
                    LLWWS-

                a TERM that it outlives, and a crash an hour later [unless-stopped]
                    .k~.d.uU
                    LLLLS--L

                a stop counts only once the engine has answered after it
                    .k.ds......L
                    LLLLLLLLLLLS

                stopped, started by somebody, and crashed [unless-stopped]
                    .kdsL.u.d.uU
                    LLLLLLLLS--L

                stopped, started by somebody without being told, and crashed [unless-stopped]
                    .kdsL.aLd.uU
                    LLLLLLLLS--L

                started for a crash, and stopped [unless-stopped]
                    .d.uU.kdsL~L
                    LS--LLLLLLLL

                stopped while it is being started [unless-stopped]
                    .d.u.kdsU.L~L
                    LS------LLLLL
                """);
    }

    @TestFactory
    Stream<DynamicTest> restarts() {
        return timelines("""
                docker restart
                    .kdsur.L
                    LLLLLLLL

                docker restart, stop told before die
                    .ksdur.L
                    LLLLLLLL

                docker restart that takes long
                    .k.........9dsurL
                    LLLLLLLLLLLLLLLLL

                docker restart seen from the stop on, and a crash
                    .sur.d
                    LLLLLS

                docker restart seen from the death on: nobody can know, but nothing is done twice
                    .dsurN.L
                    LS---LLL

                docker restart of which all but the start was lost
                    .ur.L
                    LLLLL

                docker restart of which the start was lost, and a crash
                    .kdsaLd
                    LLLLLLS

                a restart by Docker's own policy
                    .du.N.L
                    LS--LLL
                """);
    }

    @TestFactory
    Stream<DynamicTest> outages() {
        return timelines("""
                an engine that shuts down is no operator [unless-stopped]
                    .kdsEX..~BL.uU
                    LLLLW-----S--L

                an engine that shuts down and does not answer before its events end [unless-stopped]
                    .kdsXE..~BL.uU
                    LLLL------S--L

                events that end make a stop unsure, for the engine may have shut down [unless-stopped]
                    .kdsE.BL
                    LLLLWS--

                a stop is sure once the engine answered after it [unless-stopped]
                    .kdsLEX~BL~L
                    LLLLLL---LLL

                events that end in the course of a stop do not hide it [unless-stopped]
                    .kEBdsL~L
                    LLLLLLLLL

                events that end with a signal, and a death that nobody told: it may have been the engine's end [unless-stopped]
                    .kEvB.L.
                    LLLLLLS-

                what went down with the engine is started as soon as it answers
                    .X.v.~L.uU
                    L-----S--L

                what ran on while the engine did not answer is left
                    .X~LL
                    L--LL

                what ran on while the engine did not answer, and crashes [unless-stopped]
                    .X~L.d.uU
                    L--LLS--L

                what was stopped while the engine did not answer but told its events [unless-stopped]
                    .XkdsL~L
                    L----LLL

                what was killed while the engine did not answer, and was found down [unless-stopped]
                    .Xk.vL.L~L
                    L----LLLLL

                what was killed by an engine that shuts down, and was found down [unless-stopped]
                    .kX.E.vBL.uU
                    LL------S--L

                what crashed while the engine did not answer but told its events
                    .Xd.L.uU
                    L---S--L

                the engine ends while it is being started
                    .d.X..?L.uU
                    LS-----S--L
                """);
    }

    @TestFactory
    Stream<DynamicTest> beginnings() {
        return timelines("""
                found running, and crashes [unseen]
                    .L.d.uU
                    -LLS--L

                found down a moment ago: left until it has settled [unseen]
                    v.L.uU
                    --WS-L

                found down a moment ago, and nobody knows why: left alike [unseen unless-stopped]
                    v.L.uU
                    --WS-L

                found down for long [unseen]
                    v~L.uU
                    --S--L

                found down for long [unseen unless-stopped]
                    v~L.uU
                    --S--L

                crashes before the first pass [unseen]
                    .d.L.uU
                    ---S--L

                is killed before the first pass, and ends after it [unseen unless-stopped]
                    .kL.dsL~L
                    --LLLLLLL

                is killed before the first pass, which finds it down [unseen unless-stopped]
                    .kvL.L~L
                    ---LLLLL

                is stopped before the first pass [unseen unless-stopped]
                    .kdsL~L
                    ----LLL

                is started before the first pass [unseen]
                    .uL.d
                    --LLS
                """);
    }

    @TestFactory
    Stream<DynamicTest> asPodmanTellsIt() {
        return timelines("""
                podman stop, whose kill has no signal [unless-stopped]
                    .0.PL~L
                    LLLLLLL

                podman stop, of which no kill is told, or a crash: left until it has settled
                    .P...uU
                    LWWWS-L

                podman restart
                    .P.ur.L
                    LWWLLLL

                a kill that it outlives, and a crash an hour later [unless-stopped]
                    .0~.P...uU
                    LLLLWWWS-L

                want of memory, told with the death
                    .m.uU
                    LS--L

                health told at every probe is one restart [unhealthy]
                    .ii.i.U.w.w
                    LR----LLLLL
                """);
    }

    @TestFactory
    Stream<DynamicTest> backoff() {
        return timelines("""
                the wait doubles up to the most
                    dD.D..D....D....D
                    SWSWWSWWWWSWWWWSW

                it is the same for starts that the engine refuses, and those are tried for ever [give-up-after=2]
                    dF.F..F....F....F~
                    SWSWWSWWWWSWWWWSWS

                it is forgotten once the container has stayed up
                    dD.uU.....d
                    SWS-LLLLLLS

                it is not forgotten before, and begins with the exit
                    dD.uU.d..uU
                    SWS-LLWWS-L

                it is forgotten with an operator's stop
                    dD.uUkdsud
                    SWS-LLLLLS

                so many starts that do not last are enough [give-up-after=3]
                    dD.D..D.L~L
                    SWSWWSGGGGG

                the same where events tell what comes of the starts [give-up-after=2]
                    dudD.udD.L~L
                    S--WS--GGGGG

                starts that do last are not counted [give-up-after=2]
                    duU......duU......duU
                    S-LLLLLLLS-LLLLLLLS-L

                somebody's start is a new beginning [give-up-after=2]
                    dD.D.~u.d
                    SWSGGGLLS
                """);
    }

    @TestFactory
    Stream<DynamicTest> health() {
        return timelines("""
                what is unhealthy is left
                    .i.L
                    LLLL

                what is unhealthy is restarted [unhealthy]
                    .i.U.
                    LR-LL

                what no event told is found by a pass [unhealthy]
                    .I..L.U
                    LLLLR-L

                our own restart is no operator's stop [unhealthy]
                    .ikdsu.U.d
                    LR-----LLS

                what does not come up after that is started [unhealthy]
                    .ikdsu.D
                    LR-----S

                what the engine could not start again is started [unhealthy]
                    .ikds.F
                    LR----S

                the wait doubles up to the most [unhealthy]
                    iUiUi.Ui...U
                    RLRLWRLWWWRL

                it is forgotten once it has been healthy for long enough [unhealthy]
                    iUiUw......wiUi
                    RLRLLLLLLLLLRLR

                it is not forgotten where it was healthy for a short time [unhealthy]
                    iUiUw.......iUi
                    RLRLLLLLLLLLRLW

                what is being stopped is not restarted [unhealthy unless-stopped]
                    .k.i..dsL~L
                    LLLLLLLLLLL

                what became healthy meanwhile is left [unhealthy]
                    .iW.N..
                    LR--LLL
                """);
    }

    @TestFactory
    Stream<DynamicTest> networks() {
        return timelines("""
                what has lost its network is restarted once
                    .l.kdsu.U..L
                    LWR-----LLLL

                what an operator restarts himself is left
                    .lkdsur.L
                    LWLLLLLLL

                what could not be restarted is tried again
                    .l.F.U..
                    LWRWRLLL

                what was started anew itself meanwhile is left
                    .l.N..L
                    LWRLLLL
                """);
    }

    private static final Instant T0 = Instant.parse("2026-11-22T03:00:00Z");

    private static final Rules RULES = new Rules(
            RestartMode.ALWAYS,
            Set.of(Trigger.EXITED),
            Duration.ofSeconds(3),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4)),
            Duration.ofSeconds(5),
            new CrashLoop(5, Duration.ofMinutes(10)),
            0,
            true,
            "");

    /** Three lines a timeline: its name, and in brackets what is other than in {@link #RULES}; events; decisions. */
    private static Stream<DynamicTest> timelines(String table) {
        return Arrays.stream(table.strip().split("\n\n+")).map(timeline -> {
            List<String> lines = timeline.lines().map(String::strip).toList();
            return DynamicTest.dynamicTest(lines.get(0), () -> {
                Timeline run =
                        new Timeline(rules(lines.get(0)), others(lines.get(0)).contains("unseen"));
                String decisions = lines.get(1)
                        .chars()
                        .mapToObj(event -> run.decisionAfter((char) event))
                        .collect(Collectors.joining());

                assertThat(lines.get(1) + "\n" + decisions).isEqualTo(lines.get(1) + "\n" + lines.get(2));
            });
        });
    }

    private static List<String> others(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0
                ? List.of()
                : List.of(name.substring(bracket + 1, name.length() - 1).split(" "));
    }

    private static Rules rules(String name) {
        RestartMode mode = RULES.mode();
        Set<Trigger> restartOn = new HashSet<>(RULES.restartOn());
        int giveUpAfter = 0;
        for (String other : others(name)) {
            if (other.startsWith("give-up-after=")) {
                giveUpAfter = Integer.parseInt(other.substring("give-up-after=".length()));
            } else if (other.equals("unhealthy")) {
                restartOn.add(Trigger.UNHEALTHY);
            } else if (!other.equals("unseen")) {
                mode = RestartMode.of(other);
                assertThat(mode).as(other).isNotNull();
            }
        }
        return new Rules(
                mode,
                restartOn,
                RULES.settle(),
                RULES.backoff(),
                RULES.resetAfter(),
                RULES.crashLoop(),
                giveUpAfter,
                RULES.dependents(),
                RULES.self());
    }

    /** A container, what the engine and its operators do to it, and what is made of that. */
    private static final class Timeline {

        private static final String ID = "1f".repeat(32);

        private final RestartPolicy policy;
        private final Supervised web;

        /** What the engine would say if asked. */
        private Status truth = Status.of(ContainerState.RUNNING);

        private Instant downSince = T0;

        /** Whether it has gone down since our own start or restart of it. */
        private boolean diedMeanwhile;

        /** Whether it was heard of: only then anything is kept of it. */
        private boolean known;

        private boolean answers;
        private boolean events = true;
        private Instant now = T0.minusSeconds(1);

        Timeline(Rules rules, boolean unseen) {
            policy = new RestartPolicy(rules);
            web = new Supervised(container(), rules);
            answers = !unseen;
            known = !unseen;
            if (known) {
                web.listedAs(container(), T0.minusSeconds(3600));
            }
        }

        private Container container() {
            return new Container(ID, "web", truth, Setup.of(Map.of()));
        }

        String decisionAfter(char letter) {
            now = now.plusSeconds(letter == '~' ? 3600 : 1);
            happens(letter);
            if (known && !answers) {
                web.history.outage(now);
            }
            if (!answers || web.work.isUnderWay()) {
                return "-";
            }
            diedMeanwhile = false;
            Decision decision = policy.decide(web.container, web.wishes, web.history, now);
            if (decision instanceof Decision.Start) {
                web.work.begin(Work.START, now);
            } else if (decision instanceof Decision.Restart) {
                web.work.begin(Work.RESTART, now);
            }
            return decision.getClass().getSimpleName().substring(0, 1);
        }

        private void happens(char letter) {
            switch (letter) {
                case '.', '~' -> {}
                case 'k' -> told("kill", Map.of("signal", "15"));
                case '9' -> told("kill", Map.of("signal", "9"));
                case 'h' -> told("kill", Map.of("signal", "1"));
                case 'y' -> told("kill", Map.of("signal", "10"));
                case '0' -> told("kill", Map.of());
                case 'd' -> ended(137);
                case 'z' -> ended(0);
                case 'P' -> endedOnPodman(137, Map.of());
                case 'm' -> endedOnPodman(137, Map.of("oomKilled", "true"));
                case 'o' -> told("oom", Map.of());
                case 's' -> told("stop", Map.of());
                case 'u' -> {
                    diedMeanwhile = false;
                    truth = Status.of(ContainerState.RUNNING);
                    told("start", Map.of());
                }
                case 'r' -> told("restart", Map.of());
                case 'p' -> {
                    truth = Status.of(ContainerState.PAUSED);
                    told("pause", Map.of());
                }
                case 'q' -> {
                    truth = Status.of(ContainerState.RUNNING);
                    told("unpause", Map.of());
                }
                case 'i' -> {
                    truth = truth.withHealth(Health.UNHEALTHY);
                    told("health_status: unhealthy", Map.of());
                }
                case 'w' -> {
                    truth = truth.withHealth(Health.HEALTHY);
                    told("health_status: healthy", Map.of());
                }
                case 'v' -> down(137);
                case 'a' -> truth = Status.of(ContainerState.RUNNING);
                case 'I' -> truth = truth.withHealth(Health.UNHEALTHY);
                case 'W' -> truth = truth.withHealth(Health.HEALTHY);
                case 'l' -> web.history.networkLost(now);
                case 'L' -> listed();
                case 'E' -> {
                    events = false;
                    web.history.unwitnessed();
                }
                case 'B' -> events = true;
                case 'X' -> answers = false;
                case 'U' -> {
                    if (!diedMeanwhile) {
                        truth = Status.of(ContainerState.RUNNING);
                    }
                    finished(new Outcome.Up(null));
                }
                case 'D' -> {
                    down(137);
                    finished(new Outcome.WentDown(137));
                }
                case 'F' -> finished(new Outcome.Failed("port is already allocated", container()));
                case '?' -> finished(new Outcome.Unknown("timed out", true));
                case 'N' -> finished(new Outcome.NotNeeded(container()));
                default -> throw new IllegalArgumentException("no such letter: " + letter);
            }
        }

        private void told(String action, Map<String, String> attributes) {
            told(new EngineEvent(ID, action, attributes, false));
        }

        private void told(EngineEvent event) {
            known = true;
            web.happened(event, now);
        }

        private void ended(int exitCode) {
            down(exitCode);
            told("die", Map.of("exitCode", String.valueOf(exitCode)));
        }

        private void endedOnPodman(int exitCode, Map<String, String> more) {
            down(exitCode);
            Map<String, String> attributes = new HashMap<>(more);
            attributes.put("exitCode", String.valueOf(exitCode));
            told(new EngineEvent(ID, "die", attributes, true));
        }

        private void down(int exitCode) {
            truth = Status.exited(exitCode);
            downSince = now;
            diedMeanwhile = true;
        }

        private void listed() {
            known = true;
            answers = true;
            if (!web.work.isUnderWay()) {
                truth = truth.withDownFor(
                        truth.state() == ContainerState.EXITED ? Duration.between(downSince, now) : Duration.ZERO);
                web.listedAs(container(), now);
                if (events) {
                    web.history.confirmed(now);
                }
            }
        }

        private void finished(Outcome outcome) {
            assertThat(web.work.isUnderWay()).as("something is being done").isTrue();
            web.ended(outcome, now, () -> 0.5);
        }
    }
}
