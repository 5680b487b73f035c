package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import watchdog.ForkedJvm;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Decision;
import watchdog.policy.NamePattern;
import watchdog.policy.StartOutcome;
import watchdog.policy.WatchList;

/** Has a process of its own log every fact there is, once at each level: a process sets up its logging only once. */
class LogTest {

    private static final WatchList WEB_AND_API =
            new WatchList(List.of(NamePattern.parse("web"), NamePattern.parse("api")), List.of());
    private static final Container WEB = container("web", ContainerState.EXITED);

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
        STARTING(
                log -> log.decided(WEB, new Decision.Start("it exited with code 137")),
                "INFO web (1f1f1f1f1f1f): starting, because it exited with code 137"),
        LEAVING(
                log -> log.decided(WEB, new Decision.Leave("somebody paused it")),
                "DEBUG web (1f1f1f1f1f1f): leaving it, because somebody paused it"),
        UP(log -> log.startFinished(WEB, new StartOutcome.Up(null)), "INFO web (1f1f1f1f1f1f): running again"),
        UP_AFTER(
                log -> log.startFinished(WEB, new StartOutcome.Up(Duration.ofMillis(412))),
                "INFO web (1f1f1f1f1f1f): running again, was down for 412 ms"),
        DOWN_AGAIN(
                log -> log.startFinished(WEB, new StartOutcome.WentDown(3)),
                "WARN web (1f1f1f1f1f1f): went down again at once, with exit code 3"),
        NOT_NEEDED(
                log -> log.startFinished(WEB, new StartOutcome.NotNeeded(ContainerState.RUNNING)),
                "INFO web (1f1f1f1f1f1f): not started after all, it is running"),
        GONE(
                log -> log.startFinished(WEB, new StartOutcome.Gone()),
                "INFO web (1f1f1f1f1f1f): does not exist any more"),
        FAILED(
                log -> log.startFinished(WEB, new StartOutcome.Failed("500 no space left on device")),
                "WARN web (1f1f1f1f1f1f): could not be started: 500 no space left on device"),
        ODD_WORDS(
                log -> log.startFinished(WEB, new StartOutcome.Failed("{} %s \\n $1 größer 容器 {}")),
                "WARN web (1f1f1f1f1f1f): could not be started: {} %s \\n $1 größer 容器 {}");

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
        return new Container("1f".repeat(32), name, state, OptionalInt.of(137), null, null);
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
