package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import watchdog.ForkedJvm;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.CrashLoop;
import watchdog.policy.Decision;
import watchdog.policy.Health;
import watchdog.policy.NamePattern;
import watchdog.policy.Outcome;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.policy.WatchList;

/** Has a process of its own log every fact there is, once at each level: a process sets up its logging only once. */
class LogTest {

    private static final WatchList WEB_AND_API =
            new WatchList(List.of(NamePattern.parse("web"), NamePattern.parse("api")), List.of(), List.of());
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Container WEB = container("web", ContainerState.EXITED);
    private static final Container UNHEALTHY =
            WEB.withStatus(Status.of(ContainerState.RUNNING).withHealth(Health.UNHEALTHY));

    private static final Map<Fact, List<String>> AT_INFO = new EnumMap<>(Fact.class);
    private static final Map<Fact, List<String>> AT_DEBUG = new EnumMap<>(Fact.class);

    /** What the log is told, and the line that an operator then reads. */
    enum Fact {
        WATCHING(
                log -> log.watching(WEB_AND_API, Duration.ofSeconds(90), "unix:///run/e.sock"),
                "INFO watching web, api every 1 min 30 s at unix:///run/e.sock"),
        FOUND(log -> log.engineFound("Docker 29.1.2 (API 1.52)", null), "INFO connected to Docker 29.1.2 (API 1.52)"),
        FOUND_AGAIN(
                log -> log.engineFound("Docker 29.1.2 (API 1.52)", Duration.ofMillis(8400)),
                "INFO connected to Docker 29.1.2 (API 1.52), after 8.4 s without an engine"),
        LOST(
                log -> log.engineLost("unix:///run/e.sock: no such socket"),
                "WARN no engine: unix:///run/e.sock: no such socket (trying again quietly)"),
        STILL_LOST(
                log -> log.engineStillLost("unix:///run/e.sock: no such socket", Duration.ofMinutes(10)),
                "WARN still no engine, for 10 min: unix:///run/e.sock: no such socket"),
        MISSING(
                log -> log.missing(inOrder("web", "api")),
                "WARN no container is called web, api (waiting for it to appear)"),
        APPEARED(log -> log.appeared("web"), "INFO web has appeared"),
        LISTED(
                log -> log.listed(17, List.of(WEB, container("api", ContainerState.RUNNING))),
                "DEBUG listed 17 containers, 2 watched: web exited, api running"),
        LISTED_DOWN(log -> log.listedDown(3, List.of(WEB)), "DEBUG listed 3 that are down, 1 watched: web exited"),
        STARTING(
                log -> log.decided(WEB, new Decision.Start("it exited with code 137"), true, NOW),
                "INFO web (1f1f1f1f1f1f): starting, because it exited with code 137"),
        STARTING_AS_BEFORE(
                log -> log.decided(WEB, new Decision.Start("it exited with code 137"), false, NOW),
                "DEBUG web (1f1f1f1f1f1f): starting, because it exited with code 137"),
        RESTARTING(
                log -> log.decided(
                        UNHEALTHY, new Decision.Restart("it is unhealthy", Duration.ofSeconds(10)), true, NOW),
                "INFO web (1f1f1f1f1f1f): restarting, because it is unhealthy"),
        WAITING(
                log -> log.decided(WEB, new Decision.Wait("it crashed with code 3", NOW.plusMillis(3900)), true, NOW),
                "INFO web (1f1f1f1f1f1f): waiting 3.9 s, because it crashed with code 3"),
        WAITING_AS_BEFORE(
                log -> log.decided(WEB, new Decision.Wait("it crashed with code 3", NOW.plusMillis(3900)), false, NOW),
                "DEBUG web (1f1f1f1f1f1f): waiting 3.9 s, because it crashed with code 3"),
        GIVING_UP(
                log -> log.decided(
                        WEB, new Decision.GiveUp("it crashed with code 3 after 5 starts in a row"), true, NOW),
                "INFO web (1f1f1f1f1f1f): giving up, because it crashed with code 3 after 5 starts in a row"),
        LEAVING(
                log -> log.decided(WEB, new Decision.Leave("an operator stopped it"), true, NOW),
                "INFO web (1f1f1f1f1f1f): leaving it, because an operator stopped it"),
        LEAVING_AS_BEFORE(
                log -> log.decided(WEB, new Decision.Leave("an operator stopped it"), false, NOW),
                "DEBUG web (1f1f1f1f1f1f): leaving it, because an operator stopped it"),
        LEAVING_WHAT_IS_NOT_DOWN(
                log -> log.decided(
                        container("web", ContainerState.PAUSED), new Decision.Leave("somebody paused it"), true, NOW),
                "DEBUG web (1f1f1f1f1f1f): leaving it, because somebody paused it"),
        UP(log -> log.finished(WEB, "start", new Outcome.Up(null), true), "INFO web (1f1f1f1f1f1f): running again"),
        UP_AFTER(
                log -> log.finished(WEB, "start", new Outcome.Up(Duration.ofMillis(412)), true),
                "INFO web (1f1f1f1f1f1f): running again, was down for 412 ms"),
        DOWN_AGAIN(
                log -> log.finished(WEB, "start", new Outcome.WentDown(3), true),
                "WARN web (1f1f1f1f1f1f): went down again at once, with exit code 3"),
        NOT_NEEDED(
                log -> log.finished(
                        WEB, "start", new Outcome.NotNeeded(container("web", ContainerState.RUNNING)), true),
                "INFO web (1f1f1f1f1f1f): no start needed after all, it is running"),
        NO_RESTART_NEEDED(
                log -> log.finished(
                        UNHEALTHY, "restart", new Outcome.NotNeeded(container("web", ContainerState.EXITED)), true),
                "INFO web (1f1f1f1f1f1f): no restart needed after all, it is exited"),
        GONE(
                log -> log.finished(WEB, "start", new Outcome.Gone(), true),
                "INFO web (1f1f1f1f1f1f): does not exist any more"),
        FAILED(
                log -> log.finished(WEB, "start", new Outcome.Failed("500 no space left on device", WEB), true),
                "WARN web (1f1f1f1f1f1f): start failed: 500 no space left on device"),
        FAILED_AS_BEFORE(
                log -> log.finished(WEB, "start", new Outcome.Failed("500 no space left on device", WEB), false),
                "DEBUG web (1f1f1f1f1f1f): start failed: 500 no space left on device"),
        RESTART_FAILED(
                log -> log.finished(UNHEALTHY, "restart", new Outcome.Failed("500 no space left on device", WEB), true),
                "WARN web (1f1f1f1f1f1f): restart failed: 500 no space left on device"),
        NOBODY_KNOWS(
                log -> log.finished(WEB, "start", new Outcome.Unknown("no answer for 10000 ms", true), true),
                "WARN web (1f1f1f1f1f1f): start has an unknown outcome: no answer for 10000 ms"),
        CRASH_LOOP(
                log -> log.crashLoop(WEB, new CrashLoop(5, Duration.ofMinutes(10))),
                "WARN web (1f1f1f1f1f1f): crash loop, 5 starts within 10 min"),
        CRASH_LOOP_OVER(log -> log.crashLoopOver(WEB), "INFO web (1f1f1f1f1f1f): crash loop over, it has stayed up"),
        NONSENSE(
                log -> log.nonsense(WEB, "watchdog.enable=maybe, which is neither true nor false"),
                "WARN web (1f1f1f1f1f1f): label watchdog.enable=maybe, which is neither true nor false;"
                        + " going on without it"),
        DOCKER_POLICY(
                log -> log.dockerPolicy(new Container(
                        WEB.id(),
                        "web",
                        WEB.status(),
                        new Setup(Map.of(), "bridge", "unless-stopped", false, "", null))),
                "INFO web (1f1f1f1f1f1f): has Docker's restart policy 'unless-stopped' too,"
                        + " so Docker restarts it as well"),
        LOOK_REFUSED(
                log -> log.lookRefused(WEB, "unix:///run/e.sock: GET /containers/1f1f1f1f1f1f/json: 403 Forbidden"),
                "WARN web (1f1f1f1f1f1f): nothing can be done with it, for it cannot be looked at:"
                        + " unix:///run/e.sock: GET /containers/1f1f1f1f1f1f/json: 403 Forbidden"),
        EVENTS_LOST(
                log -> log.eventsLost("unix:///run/e.sock: GET /events: 403 Forbidden"),
                "WARN no events: unix:///run/e.sock: GET /events: 403 Forbidden"
                        + " (listings alone are slower to tell, and cannot tell a crash from a stop)"),
        EVENTS_FOUND(Log::eventsFound, "INFO events are told again"),
        ODD_WORDS(
                log -> log.finished(WEB, "start", new Outcome.Failed("{} %s \\n $1 größer 容器 {}", WEB), true),
                "WARN web (1f1f1f1f1f1f): start failed: {} %s \\n $1 größer 容器 {}");

        @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
        private final Consumer<Log> told;

        private final String line;

        Fact(Consumer<Log> told, String line) {
            this.told = told;
            this.line = line;
        }
    }

    /** Tells the log every fact, with a heading before each. */
    static final class EveryFact {

        private EveryFact() {}

        public static void main(String[] args) {
            Log log = new Log();
            for (Fact fact : Fact.values()) {
                System.out.println("## " + fact);
                fact.told.accept(log);
            }
        }
    }

    @BeforeAll
    static void tellEveryFact(@TempDir Path folder) {
        AT_INFO.putAll(logged(folder, "info"));
        AT_DEBUG.putAll(logged(folder, "debug"));
    }

    private static Map<Fact, List<String>> logged(Path folder, String level) {
        List<String> options = List.of(
                "-Dfile.encoding=UTF-8",
                "-Dsun.stdout.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dorg.slf4j.simpleLogger.logFile=System.out",
                "-Dorg.slf4j.simpleLogger.showThreadName=false",
                "-Dorg.slf4j.simpleLogger.showLogName=false",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level);
        Map<Fact, List<String>> lines = new EnumMap<>(Fact.class);
        List<String> current = new ArrayList<>();
        for (String line : ForkedJvm.run(folder, EveryFact.class, options).out()) {
            if (line.startsWith("## ")) {
                current = new ArrayList<>();
                lines.put(Fact.valueOf(line.substring(3)), current);
            } else {
                current.add(line);
            }
        }
        return lines;
    }

    private static Container container(String name, ContainerState state) {
        return new Container("1f".repeat(32), name, Status.of(state), Setup.of(Map.of()));
    }

    private static Set<String> inOrder(String... names) {
        Set<String> set = new LinkedHashSet<>();
        Collections.addAll(set, names);
        return set;
    }

    @ParameterizedTest
    @EnumSource
    void aFactIsOneLine(Fact fact) {
        assertThat(AT_DEBUG.get(fact)).containsExactly(fact.line);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSaidOfWhatChangesNothing(Fact fact) {
        boolean routine = fact.line.startsWith("DEBUG ");

        assertThat(AT_INFO.get(fact)).isEqualTo(routine ? List.of() : List.of(fact.line));
    }
}
