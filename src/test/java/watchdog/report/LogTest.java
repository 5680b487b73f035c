package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import watchdog.ForkedJvm;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.CrashLoop;
import watchdog.policy.Decision;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Hold;
import watchdog.policy.NamePattern;
import watchdog.policy.Outcome;
import watchdog.policy.RestartCause;
import watchdog.policy.RestartMode;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.policy.WatchList;
import watchdog.policy.Work;

/** Has a process of its own log every fact there is, once at each level: a process sets up its logging only once. */
class LogTest {

    private static final String ENGINE = "Docker 29.1.2 (API 1.52)";
    private static final String NO_SOCKET = "unix:///run/e.sock: no such socket";
    private static final String SILENCE = "unix:///run/e.sock: GET /containers/json?all=true: no answer for 10000 ms";
    private static final String NO_SPACE = "500 no space left on device";

    private static final WatchList WEB_AND_API =
            new WatchList(List.of(NamePattern.parse("web"), NamePattern.parse("api")), List.of(), List.of());
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Duration NEXT = Duration.ofMillis(3940);
    private static final CrashLoop LIMIT = new CrashLoop(5, Duration.ofMinutes(10));

    private static final Container WEB = web(Status.exited(3));
    private static final Container RUNNING = web(Status.of(ContainerState.RUNNING));
    private static final Container UNHEALTHY = healthy(Health.UNHEALTHY);

    // No EnumMap: it would need the constants of Told, which are made of what stands above.
    private static final Map<Told, List<String>> AT_WARN = new HashMap<>();
    private static final Map<Told, List<String>> AT_INFO = new HashMap<>();
    private static final Map<Told, List<String>> AT_DEBUG = new HashMap<>();

    /** What the log is told, and the line that an operator then reads. */
    enum Told {
        WATCHING(
                new Fact.Watching(
                        WEB_AND_API,
                        Duration.ofSeconds(200),
                        "unix:///run/e.sock",
                        RestartMode.UNLESS_STOPPED,
                        Optional.of("/var/lib/watchdog/state.json")),
                "INFO watchdog 1.2.3: watching web, api every 200 s at unix:///run/e.sock, policy unless-stopped,"
                        + " stops remembered in /var/lib/watchdog/state.json"),
        RELOADED(
                new Fact.Reloaded(WEB_AND_API, Duration.ofSeconds(20), RestartMode.ALWAYS),
                "INFO reloaded: watching web, api every 20 s, policy always"),
        NOT_RELOADED(
                new Fact.NotReloaded("/etc/w.args:2: --time=never: no duration"),
                "WARN not reloaded, going on as before: /etc/w.args:2: --time=never: no duration"),
        ENGINE_FOUND(new Fact.EngineFound(ENGINE, null), "INFO connected to Docker 29.1.2 (API 1.52)"),
        ENGINE_FOUND_AGAIN(
                new Fact.EngineFound(ENGINE, Duration.ofMillis(8440)),
                "INFO connected to Docker 29.1.2 (API 1.52) again, after 8.4 s"),
        ENGINE_LOST(
                new Fact.EngineLost(NO_SOCKET, true, Duration.ZERO),
                "WARN no engine: unix:///run/e.sock: no such socket (trying again quietly)"),
        ENGINE_STILL_LOST(
                new Fact.EngineLost(NO_SOCKET, true, Duration.ofSeconds(605)),
                "WARN still no engine, for 10 min: unix:///run/e.sock: no such socket"),
        NO_LISTING(
                new Fact.EngineLost("GET /containers/json: 500 broken", false, Duration.ZERO),
                "WARN cannot list the containers: GET /containers/json: 500 broken" + " (trying again quietly)"),
        STILL_NO_LISTING(
                new Fact.EngineLost("GET /containers/json: 500 broken", false, Duration.ofMinutes(10)),
                "WARN still cannot list the containers, for 10 min: GET /containers/json: 500 broken"),
        SLOW_LISTING(
                new Fact.EngineLost(SILENCE, false, Duration.ZERO),
                "WARN cannot list the containers: " + SILENCE
                        + " (trying again quietly)"
                        + "; if it is only slow, give it more time by --timeout"),
        STILL_A_SLOW_LISTING(
                new Fact.EngineLost(SILENCE, false, Duration.ofMinutes(10)),
                "WARN still cannot list the containers, for 10 min: " + SILENCE
                        + "; if it is only slow, give it more time by --timeout"),
        SILENT_ENGINE(
                new Fact.EngineLost(SILENCE, true, Duration.ZERO),
                "WARN no engine: " + SILENCE
                        + " (trying again quietly); if it is only slow, give it more time by --timeout"),
        ENGINE_RESTARTED(
                new Fact.EngineRestarted(), "INFO the engine was restarted; what went down with it is started again"),
        EVENTS_LOST(
                new Fact.EventsLost("unix:///run/e.sock: GET /events: 403 Forbidden"),
                "WARN no events: unix:///run/e.sock: GET /events: 403 Forbidden"
                        + " (trying again quietly; listings alone are slower to tell, and cannot tell a crash from a"
                        + " stop)"),
        EVENTS_FOUND(new Fact.EventsFound(), "INFO events are told again"),
        EVENTS_BEGUN(new Fact.EventsBegun(), "DEBUG the events begin"),
        EVENTS_ENDED(
                new Fact.EventsEnded("the engine ended them"), "DEBUG the events have ended: the engine ended them"),
        NAMES_MISSING(
                new Fact.Missing(inOrder("web", "api-*")), "WARN no container is called web, api-* (waiting for one)"),
        LABELS_MISSING(
                new Fact.Missing(inOrder("label tier=web", "label x")),
                "WARN no container has the label tier=web, x (waiting for one)"),
        BOTH_MISSING(
                new Fact.Missing(inOrder("web", "label x", "api")),
                "WARN no container is called web, api or has the label x (waiting for one)"),
        APPEARED(new Fact.Appeared("web", RUNNING), "INFO web (1f1f1f1f1f1f): has appeared"),
        APPEARED_FOR_A_GLOB(new Fact.Appeared("w*", RUNNING), "INFO web (1f1f1f1f1f1f): has appeared, and matches w*"),
        APPEARED_FOR_A_LABEL(
                new Fact.Appeared("label x", RUNNING), "INFO web (1f1f1f1f1f1f): has appeared, and matches label x"),
        LISTED(
                new Fact.Listed(17, List.of(WEB, RUNNING.named("api")), false, Duration.ZERO),
                "DEBUG listed 17 containers, 2 watched: web exited, api running"),
        DOWN_LISTED(
                new Fact.Listed(3, List.of(WEB), true, Duration.ZERO),
                "DEBUG listed 3 that are down, 1 watched: web exited"),
        NOTHING_LISTED(new Fact.Listed(3, List.of(), false, Duration.ZERO), "DEBUG listed 3 containers, 0 watched"),
        STARTING(
                decided(WEB, new Decision.Start("it was killed (SIGKILL, 137)"), true),
                "INFO web (1f1f1f1f1f1f): starting, because it was killed (SIGKILL, 137)"),
        STARTING_AS_BEFORE(
                decided(WEB, new Decision.Start("it crashed with code 3"), false),
                "DEBUG web (1f1f1f1f1f1f): starting, because it crashed with code 3"),
        RESTARTING(
                decided(UNHEALTHY, new Decision.Restart("it is unhealthy"), true),
                "INFO web (1f1f1f1f1f1f): restarting, because it is unhealthy"),
        WAITING(
                decided(WEB, new Decision.Wait("it crashed with code 3", NOW.plus(NEXT)), true),
                "INFO web (1f1f1f1f1f1f): waiting 3.9 s, because it crashed with code 3"),
        WAITING_AS_BEFORE(
                decided(WEB, new Decision.Wait("it crashed with code 3", NOW.plus(NEXT)), false),
                "DEBUG web (1f1f1f1f1f1f): waiting 3.9 s, because it crashed with code 3"),
        GIVING_UP(
                decided(WEB, new Decision.GiveUp("it crashed with code 3 after 5 tries in a row"), true),
                "ERROR web (1f1f1f1f1f1f): giving up, because it crashed with code 3 after 5 tries in a row;"
                        + " it is left alone until somebody starts it or creates it anew;"
                        + " its own log may tell why: docker logs web"),
        GIVEN_UP_AS_BEFORE(
                decided(WEB, new Decision.GiveUp("it crashed with code 3 after 5 tries in a row"), false),
                "DEBUG web (1f1f1f1f1f1f): giving up, because it crashed with code 3 after 5 tries in a row;"
                        + " it is left alone until somebody starts it or creates it anew;"
                        + " its own log may tell why: docker logs web"),
        LEAVING(
                decided(WEB, new Decision.Leave("an operator stopped it"), true),
                "INFO web (1f1f1f1f1f1f): leaving it, because an operator stopped it"),
        LEAVING_AS_BEFORE(
                decided(WEB, new Decision.Leave("an operator stopped it"), false),
                "DEBUG web (1f1f1f1f1f1f): leaving it, because an operator stopped it"),
        LEAVING_WHAT_IS_NOT_DOWN(
                decided(RUNNING, new Decision.Leave("it is running"), true),
                "DEBUG web (1f1f1f1f1f1f): leaving it, because it is running"),
        UP(finished(Work.START, new Outcome.Up(null, Health.NONE), NEXT, 1), "INFO web (1f1f1f1f1f1f): running again"),
        UP_AFTER(
                finished(Work.START, new Outcome.Up(Duration.ofMillis(412), Health.STARTING), NEXT, 1),
                "INFO web (1f1f1f1f1f1f): running again, was down for 0.4 s"),
        UP_AFTER_MORE_TRIES(
                finished(Work.START, new Outcome.Up(Duration.ofSeconds(203), Health.NONE), NEXT, 7),
                "INFO web (1f1f1f1f1f1f): running again, was down for 3 min (try 7 in a row)"),
        RESTARTED(
                finished(Work.RESTART, new Outcome.Up(Duration.ofMillis(412), Health.NONE), NEXT, 1),
                "INFO web (1f1f1f1f1f1f): running again, was down for 0.4 s"),
        RESTARTED_AND_HEALTHY(
                finished(Work.RESTART, new Outcome.Up(Duration.ofMillis(412), Health.HEALTHY), NEXT, 1),
                "INFO web (1f1f1f1f1f1f): running again, was down for 0.4 s"),
        RESTARTED_WITH_HEALTH_UNKNOWN(
                finished(Work.RESTART, new Outcome.Up(Duration.ofMillis(412), Health.STARTING), NEXT, 2),
                "INFO web (1f1f1f1f1f1f): running again, was down for 0.4 s, its health is not known yet"
                        + " (try 2 in a row)"),
        RESTARTED_IN_VAIN(
                finished(Work.RESTART, new Outcome.Up(null, Health.UNHEALTHY), NEXT, 1),
                "INFO web (1f1f1f1f1f1f): running again, but it is unhealthy"),
        DOWN_AGAIN(
                finished(Work.START, new Outcome.WentDown(OptionalInt.of(3)), NEXT, 3),
                "WARN web (1f1f1f1f1f1f): went down again at once, it crashed with code 3 (trying again in 3.9 s)"),
        KILLED_AGAIN(
                finished(Work.START, new Outcome.WentDown(OptionalInt.of(137)), Duration.ZERO, 1),
                "WARN web (1f1f1f1f1f1f): went down again at once, it was killed (SIGKILL, 137)"
                        + " (trying again at once)"),
        DONE_AGAIN(
                finished(Work.START, new Outcome.WentDown(OptionalInt.of(0)), null, 1),
                "WARN web (1f1f1f1f1f1f): went down again at once, it exited with code 0"),
        NOT_NEEDED(
                finished(Work.START, new Outcome.NotNeeded(RUNNING, "it is running"), null, 0),
                "INFO web (1f1f1f1f1f1f): no start needed after all, it is running"),
        NOT_NEEDED_FOR_HEALTH(
                finished(Work.RESTART, new Outcome.NotNeeded(healthy(Health.HEALTHY), "it is running"), null, 0),
                "INFO web (1f1f1f1f1f1f): no restart needed after all, it is running and healthy"),
        NOT_NEEDED_FOR_WHAT_IS_DOWN(
                finished(
                        Work.RESTART,
                        new Outcome.NotNeeded(web(Status.exited(0).withHealth(Health.UNHEALTHY)), "it crashed"),
                        null,
                        0),
                "INFO web (1f1f1f1f1f1f): no restart needed after all, it is exited"),
        GONE(
                finished(Work.START, new Outcome.Gone(), null, 0),
                "INFO web (1f1f1f1f1f1f): does not exist any more, so there is nothing to start"),
        FAILED(
                finished(Work.START, new Outcome.Failed(NO_SPACE, WEB), NEXT, 1),
                "WARN web (1f1f1f1f1f1f): start failed: 500 no space left on device"
                        + " (trying again in 3.9 s, then quietly)"),
        FAILED_AS_BEFORE(
                notNews(Work.START, new Outcome.Failed(NO_SPACE, WEB), NEXT, 2),
                "DEBUG web (1f1f1f1f1f1f): start failed: 500 no space left on device (trying again in 3.9 s)"),
        RESTART_FAILED(
                finished(Work.RESTART, new Outcome.Failed(NO_SPACE, UNHEALTHY), NEXT, 1),
                "WARN web (1f1f1f1f1f1f): restart failed: 500 no space left on device"
                        + " (trying again in 3.9 s, then quietly)"),
        RESTART_FAILED_HALFWAY(
                finished(Work.RESTART, new Outcome.Failed(NO_SPACE, WEB), Duration.ZERO, 1),
                "WARN web (1f1f1f1f1f1f): restart failed: 500 no space left on device; it is exited now"
                        + " (trying again at once, then quietly)"),
        UNKNOWN(
                finished(Work.START, new Outcome.Unknown("connection reset", true), NEXT, 1),
                "WARN web (1f1f1f1f1f1f): start has an unknown outcome: connection reset"
                        + " (deciding anew once the engine answers)"),
        UNKNOWN_AS_BEFORE(
                notNews(Work.START, new Outcome.Unknown("connection reset", true), NEXT, 1),
                "DEBUG web (1f1f1f1f1f1f): start has an unknown outcome: connection reset"
                        + " (deciding anew once the engine answers)"),
        NOT_ASKED_FOR(
                finished(Work.RESTART, new Outcome.Unknown("no answer for 10000 ms", false), null, 0),
                "WARN web (1f1f1f1f1f1f): restart not asked for: no answer for 10000 ms (deciding anew once the engine"
                        + " answers); if it is only slow, give it more time by --timeout"),
        CRASH_LOOP(
                new Fact.InCrashLoop(WEB, LIMIT, "it crashed with code 3", NEXT),
                "WARN web (1f1f1f1f1f1f): crash loop, 5 starts within 10 min, the last one because it crashed with code 3"
                        + " (trying again in 3.9 s); its own log may tell why: docker logs web"),
        UNHEALTHY_AGAIN_AND_AGAIN(
                new Fact.InCrashLoop(UNHEALTHY, LIMIT, "it is unhealthy", null),
                "WARN web (1f1f1f1f1f1f): crash loop, 5 starts within 10 min, the last one because it is unhealthy;"
                        + " its own log may tell why: docker logs web"),
        CRASH_LOOP_OVER(new Fact.CrashLoopOver(RUNNING), "INFO web (1f1f1f1f1f1f): crash loop over, it has stayed up"),
        HEALTHY_AGAIN(new Fact.HealthyAgain(healthy(Health.HEALTHY)), "INFO web (1f1f1f1f1f1f): healthy again"),
        FOUND_DOWN(
                new Fact.FoundDown(List.of(WEB, RUNNING), Duration.ofSeconds(10)),
                "INFO 2 containers were down when watchdog began (web, web): nobody saw why,"
                        + " so none is started before it has been down for 10 s (or for its own"
                        + " watchdog.settle)"),
        ONE_FOUND_DOWN(
                new Fact.FoundDown(List.of(WEB), Duration.ofMinutes(1)),
                "INFO 1 container was down when watchdog began (web): nobody saw why,"
                        + " so none is started before it has been down for 1 min (or for its own watchdog.settle)"),
        HELD(
                new Fact.Held(WEB, new Hold(NamePattern.parse("web"), null, null)),
                "INFO web (1f1f1f1f1f1f): held, nothing is done with it (docker-watchdog release web ends that)"),
        HELD_FOR_A_WHILE(
                new Fact.Held(WEB, new Hold(NamePattern.parse("w*"), Instant.parse("2026-11-27T12:00:00.5Z"), null)),
                "INFO web (1f1f1f1f1f1f): held until 2026-11-27T12:00:00Z, nothing is done with it"
                        + " (docker-watchdog release 'w*' ends that)"),
        HELD_FOR_NOBODY_KNOWS_HOW_LONG(
                new Fact.Held(WEB, new Hold(NamePattern.parse("web"), null, "'soon' is neither a time nor a duration")),
                "WARN web (1f1f1f1f1f1f): held, nothing is done with it; when that is to end cannot be read:"
                        + " 'soon' is neither a time nor a duration (docker-watchdog release web ends that)"),
        RELEASED(new Fact.Released(WEB), "INFO web (1f1f1f1f1f1f): released, nothing holds it any more"),
        RENAMED(new Fact.Renamed(WEB, "api"), "INFO web (1f1f1f1f1f1f): is called api now"),
        LABEL_PROBLEM(
                new Fact.LabelProblem(WEB, "watchdog.enable=maybe, which is neither true nor false"),
                "WARN web (1f1f1f1f1f1f): label watchdog.enable=maybe, which is neither true nor false;"
                        + " going on without it (to correct a label, create the container anew)"),
        DOCKER_POLICY(
                new Fact.DockerPolicy(withDockerPolicy("unless-stopped")),
                "INFO web (1f1f1f1f1f1f): has Docker's restart policy 'unless-stopped' too,"
                        + " so Docker restarts it as well (docker update --restart=no web ends that)"),
        NOT_INSPECTED(
                new Fact.NotInspected(WEB, "GET /containers/1f1f1f1f1f1f/json: 403 Forbidden"),
                "WARN web (1f1f1f1f1f1f): nothing can be done with it, because it cannot be inspected:"
                        + " GET /containers/1f1f1f1f1f1f/json: 403 Forbidden (trying again quietly)"),
        HUNG(
                new Fact.Hung("the start of web (1f1f1f1f1f1f)", Duration.ofSeconds(30), true),
                "WARN the start of web (1f1f1f1f1f1f) has had no answer for 30 s;"
                        + " other work goes on without waiting for it"),
        TOO_MANY_HUNG(
                new Fact.Hung("the start of web (1f1f1f1f1f1f)", Duration.ofSeconds(30), false),
                "WARN the start of web (1f1f1f1f1f1f) has had no answer for 30 s;"
                        + " too many hang, so other work waits for it"),
        OWN_FAULT(
                new Fact.OwnFault("web (1f1f1f1f1f1f)", fault()),
                "ERROR web (1f1f1f1f1f1f): watchdog itself has failed, which is a bug, please report it;"
                        + " going on with the next listing",
                "java.lang.IllegalStateException: no way"),
        ODD_WORDS(
                finished(Work.START, new Outcome.Failed("{} %s \\n $1 größer 容器 {}", WEB), null, 1),
                "WARN web (1f1f1f1f1f1f): start failed: {} %s \\n $1 größer 容器 {}");

        @SuppressWarnings("ImmutableEnumChecker") // values, though their type does not say so
        private final Fact fact;

        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> lines;

        Told(Fact fact, String... lines) {
            this.fact = fact;
            this.lines = List.of(lines);
        }

        private boolean isOf(String... levels) {
            return Stream.of(levels).anyMatch(level -> lines.get(0).startsWith(level + " "));
        }
    }

    private static Fact decided(Container container, Decision decision, boolean isChange) {
        return new Fact.Decided(container, decision, isChange, NOW);
    }

    private static Fact finished(Work work, Outcome outcome, @Nullable Duration next, int tries) {
        return new Fact.Finished(WEB, work, RestartCause.CRASH, outcome, true, next, tries);
    }

    private static Fact notNews(Work work, Outcome outcome, @Nullable Duration next, int tries) {
        return new Fact.Finished(WEB, work, RestartCause.CRASH, outcome, false, next, tries);
    }

    private static Container web(Status status) {
        return new Container("1f".repeat(32), "web", status, Setup.of(Map.of()));
    }

    private static Container healthy(Health health) {
        return web(Status.of(ContainerState.RUNNING).withHealth(health));
    }

    private static Container withDockerPolicy(String policy) {
        Setup plain = WEB.setup();
        Setup setup = new Setup(plain.labels(), plain.providers(), policy, false, "", null);
        return new Container(WEB.id(), WEB.name(), WEB.status(), setup);
    }

    private static RuntimeException fault() {
        RuntimeException fault = new IllegalStateException("no way");
        fault.setStackTrace(new StackTraceElement[0]);
        return fault;
    }

    private static Set<String> inOrder(String... names) {
        Set<String> set = new LinkedHashSet<>();
        Collections.addAll(set, names);
        return set;
    }

    /** Tells the log every fact, with a heading before each. */
    static final class EveryFact {

        private EveryFact() {}

        public static void main(String[] args) {
            Log log = new Log("watchdog 1.2.3", false, line -> {
                System.out.println(line.level() + " " + line.message());
                line.stackTrace().forEach(System.out::println);
            });
            for (Told told : Told.values()) {
                System.out.println("## " + told);
                log.tell(told.fact);
            }
        }
    }

    @BeforeAll
    static void tellEveryFact(@TempDir Path folder) {
        AT_WARN.putAll(logged(folder, "warn"));
        AT_INFO.putAll(logged(folder, "info"));
        AT_DEBUG.putAll(logged(folder, "debug"));
    }

    private static Map<Told, List<String>> logged(Path folder, String level) {
        List<String> options = List.of(
                "-Dfile.encoding=UTF-8",
                "-Dsun.stdout.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dorg.slf4j.simpleLogger.logFile=System.out",
                "-Dorg.slf4j.simpleLogger.showThreadName=false",
                "-Dorg.slf4j.simpleLogger.showLogName=false",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level);
        Map<Told, List<String>> lines = new EnumMap<>(Told.class);
        List<String> current = new ArrayList<>();
        for (String line : ForkedJvm.run(folder, EveryFact.class, options).out()) {
            if (line.startsWith("## ")) {
                current = new ArrayList<>();
                lines.put(Told.valueOf(line.substring(3)), current);
            } else {
                current.add(line);
            }
        }
        return lines;
    }

    @ParameterizedTest
    @EnumSource
    void aFactIsOneLine(Told told) {
        assertThat(AT_DEBUG.get(told)).isEqualTo(told.lines);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSaidOfWhatChangesNothing(Told told) {
        assertThat(AT_INFO.get(told)).isEqualTo(told.isOf("DEBUG") ? List.of() : told.lines);
    }

    @ParameterizedTest
    @EnumSource
    void warningsAndErrorsAreWhatSomebodyShouldKnow(Told told) {
        assertThat(AT_WARN.get(told)).isEqualTo(told.isOf("WARN", "ERROR") ? told.lines : List.of());
    }

    @Test
    void everyKindOfFactAndOfOutcomeIsAmongThem() {
        Stream<Fact> facts = Stream.of(Told.values()).map(told -> told.fact);
        Stream<Outcome> outcomes = Stream.of(Told.values())
                .map(told -> told.fact)
                .filter(Fact.Finished.class::isInstance)
                .map(fact -> ((Fact.Finished) fact).outcome());

        assertThat(facts.map(Object::getClass)).contains(Fact.class.getPermittedSubclasses());
        assertThat(outcomes.map(Object::getClass)).contains(Outcome.class.getPermittedSubclasses());
    }
}
