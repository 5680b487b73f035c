package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;
import watchdog.engine.Json;
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

/** The fields of every kind of fact and outcome. */
class FactFieldsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Duration NEXT = Duration.ofMillis(3940);
    private static final Container WEB = new Container(
            "1f".repeat(32), "web", Status.exited(3), new Setup(Map.of(), List.of(), "always", false, "", null));
    private static final Container RUNNING = WEB.withStatus(Status.of(ContainerState.RUNNING));
    private static final WatchList WATCH_LIST =
            new WatchList(List.of(NamePattern.parse("web"), NamePattern.parse("a*")), List.of(), List.of());

    /** Between {@code what} and the rest. */
    private static final String OF_WEB = "'container':'web','id':'" + "1f".repeat(32) + "'";

    private static Stream<Arguments> facts() {
        return Stream.of(
                Arguments.of(
                        new Fact.Watching(
                                WATCH_LIST,
                                Duration.ofSeconds(10),
                                "unix:///run/e.sock",
                                RestartMode.UNLESS_STOPPED,
                                Optional.of("/var/lib/s.json")),
                        "{'what':'watching','watched':'web, a*','interval':10.0,'endpoint':'unix:///run/e.sock',"
                                + "'policy':'unless-stopped','state':'/var/lib/s.json'}"),
                Arguments.of(
                        new Fact.Reloaded(WATCH_LIST, Duration.ofSeconds(3), RestartMode.ALWAYS),
                        "{'what':'reloaded','watched':'web, a*','interval':3.0,'policy':'always'}"),
                Arguments.of(new Fact.NotReloaded("--time=0: no"), "{'what':'reload-refused','why':'--time=0: no'}"),
                Arguments.of(
                        new Fact.EngineFound("Docker 29.1.2", null),
                        "{'what':'engine-found','engine':'Docker 29.1.2'}"),
                Arguments.of(
                        new Fact.EngineFound("Docker 29.1.2", Duration.ofMillis(3210)),
                        "{'what':'engine-found','engine':'Docker 29.1.2','lost':3.21}"),
                Arguments.of(
                        new Fact.EngineLost("refused", true, Duration.ZERO),
                        "{'what':'engine-lost','why':'refused','since':0.0}"),
                Arguments.of(
                        new Fact.EngineLost("500 broken", false, Duration.ofMinutes(10)),
                        "{'what':'listing-failed','why':'500 broken','since':600.0}"),
                Arguments.of(new Fact.EngineRestarted(), "{'what':'engine-restarted'}"),
                Arguments.of(new Fact.EventsLost("403"), "{'what':'events-lost','why':'403'}"),
                Arguments.of(new Fact.EventsFound(), "{'what':'events-found'}"),
                Arguments.of(new Fact.EventsBegun(), "{'what':'events-begun'}"),
                Arguments.of(new Fact.EventsEnded("reset"), "{'what':'events-ended','why':'reset'}"),
                Arguments.of(new Fact.Missing(Set.of("label x")), "{'what':'missing','wanted':['label x']}"),
                Arguments.of(new Fact.Appeared("w*", WEB), "{'what':'appeared'," + OF_WEB + ",'wanted':['w*']}"),
                Arguments.of(
                        new Fact.FoundDown(List.of(WEB, WEB.named("api")), Duration.ofSeconds(10)),
                        "{'what':'found-down','containers':['web','api'],'count':2,'settle':10.0}"),
                Arguments.of(
                        new Fact.Listed(17, List.of(WEB), true, Duration.ofMillis(12)),
                        "{'what':'listed','containers':['web'],'count':1,'total':17,'downOnly':true,'took':0.012}"),
                Arguments.of(
                        decided(new Decision.Start("it crashed")),
                        "{'what':'start'," + OF_WEB + ",'why':'it crashed','next':0.0,'state':'exited'}"),
                Arguments.of(
                        decided(new Decision.Restart("it is unhealthy")),
                        "{'what':'restart'," + OF_WEB + ",'why':'it is unhealthy','next':0.0,'state':'exited'}"),
                Arguments.of(
                        decided(new Decision.Wait("it crashed", NOW.plus(NEXT))),
                        "{'what':'wait'," + OF_WEB + ",'why':'it crashed','next':3.94,'state':'exited'}"),
                Arguments.of(
                        decided(new Decision.Leave("an operator stopped it")),
                        "{'what':'leave'," + OF_WEB + ",'why':'an operator stopped it','state':'exited'}"),
                Arguments.of(
                        decided(new Decision.GiveUp("it crashed")),
                        "{'what':'give-up'," + OF_WEB + ",'why':'it crashed','state':'exited'}"),
                Arguments.of(
                        finished(new Outcome.Up(Duration.ofMillis(412), Health.STARTING), 2),
                        "{'what':'up'," + OF_WEB
                                + ",'next':3.94,'down':0.412,'health':'starting','work':'start','cause':'crash','attempts':2}"),
                Arguments.of(
                        finished(new Outcome.WentDown(OptionalInt.of(137)), 1),
                        "{'what':'went-down'," + OF_WEB + ",'why':'it was killed (SIGKILL, 137)','next':3.94,"
                                + "'exitCode':137,'work':'start','cause':'crash','attempts':1}"),
                Arguments.of(
                        finished(new Outcome.WentDown(OptionalInt.empty()), 1),
                        "{'what':'went-down'," + OF_WEB
                                + ",'why':'it crashed','next':3.94,'work':'start','cause':'crash','attempts':1}"),
                Arguments.of(
                        new Fact.Finished(
                                WEB,
                                Work.RESTART,
                                RestartCause.NAMESPACE_LOST,
                                new Outcome.NotNeeded(RUNNING, "it is running"),
                                true,
                                null,
                                0),
                        "{'what':'not-needed'," + OF_WEB
                                + ",'why':'it is running','state':'running','work':'restart','cause':'namespace-lost'}"),
                Arguments.of(
                        new Fact.Finished(
                                WEB, Work.START, RestartCause.OUT_OF_MEMORY, new Outcome.Gone(), true, null, 0),
                        "{'what':'gone'," + OF_WEB + ",'work':'start','cause':'out-of-memory'}"),
                Arguments.of(
                        finished(new Outcome.Failed("500 no space", WEB), 7),
                        "{'what':'failed'," + OF_WEB
                                + ",'why':'500 no space','next':3.94,'state':'exited','work':'start','cause':'crash','attempts':7}"),
                Arguments.of(
                        finished(new Outcome.Unknown("reset", true), 1),
                        "{'what':'unknown'," + OF_WEB
                                + ",'why':'reset','next':3.94,'asked':true,'work':'start','cause':'crash','attempts':1}"),
                Arguments.of(
                        new Fact.InCrashLoop(WEB, new CrashLoop(5, Duration.ofMinutes(10)), "it crashed", NEXT),
                        "{'what':'crash-loop'," + OF_WEB
                                + ",'why':'it crashed','next':3.94,'starts':5,'within':600.0}"),
                Arguments.of(new Fact.CrashLoopOver(WEB), "{'what':'crash-loop-over'," + OF_WEB + "}"),
                Arguments.of(new Fact.HealthyAgain(WEB), "{'what':'healthy-again'," + OF_WEB + "}"),
                Arguments.of(
                        new Fact.Held(
                                WEB, new Hold(NamePattern.parse("w*"), Instant.parse("2026-11-27T12:00:00Z"), null)),
                        "{'what':'held'," + OF_WEB + ",'hold':'w*','until':'2026-11-27T12:00:00Z'}"),
                Arguments.of(
                        new Fact.Held(WEB, new Hold(NamePattern.parse("web"), null, "soon is no time")),
                        "{'what':'held'," + OF_WEB + ",'why':'soon is no time','hold':'web'}"),
                Arguments.of(new Fact.Released(WEB), "{'what':'released'," + OF_WEB + "}"),
                Arguments.of(new Fact.Renamed(WEB, "api"), "{'what':'renamed'," + OF_WEB + ",'name':'api'}"),
                Arguments.of(
                        new Fact.LabelProblem(WEB, "x=y, which is z"),
                        "{'what':'label-problem'," + OF_WEB + ",'why':'x=y, which is z'}"),
                Arguments.of(
                        new Fact.DockerPolicy(WEB), "{'what':'docker-policy'," + OF_WEB + ",'dockerPolicy':'always'}"),
                Arguments.of(new Fact.NotInspected(WEB, "403"), "{'what':'not-inspected'," + OF_WEB + ",'why':'403'}"),
                Arguments.of(
                        new Fact.Hung("the start of web", Duration.ofSeconds(30), false),
                        "{'what':'hung','call':'the start of web','after':30.0}"),
                Arguments.of(
                        new Fact.OwnFault("web", new IllegalStateException("no way")),
                        "{'what':'own-fault','why':'java.lang.IllegalStateException: no way','about':'web'}"));
    }

    private static Fact decided(Decision decision) {
        return new Fact.Decided(WEB, decision, true, NOW);
    }

    private static Fact finished(Outcome outcome, int tries) {
        return new Fact.Finished(WEB, Work.START, RestartCause.CRASH, outcome, true, NEXT, tries);
    }

    private static Fact fact(Arguments arguments) {
        return (Fact) arguments.get()[0];
    }

    @ParameterizedTest
    @MethodSource("facts")
    void aFactIsFields(Fact fact, String json) {
        assertThat(Json.line(FactFields.of(fact).asMap()).replace('"', '\'')).isEqualTo(json);
    }

    @Test
    void everyKindOfFactOfOutcomeAndOfDecisionIsAmongThem() {
        List<Fact> facts = facts().map(FactFieldsTest::fact).toList();

        assertThat(facts).extracting(Object::getClass).contains(Fact.class.getPermittedSubclasses());
        assertThat(facts)
                .filteredOn(Fact.Finished.class::isInstance)
                .extracting(fact -> ((Fact.Finished) fact).outcome())
                .extracting(Object::getClass)
                .contains(Outcome.class.getPermittedSubclasses());
        assertThat(facts)
                .filteredOn(Fact.Decided.class::isInstance)
                .extracting(fact -> ((Fact.Decided) fact).decision().kind())
                .contains(Decision.Kind.values());
    }

    @Test
    void textFromOutsideActsOnNothingAndIsBounded() {
        Map<String, Object> fields = FactFields.of(new Fact.NotInspected(WEB, "a\n\u202eb" + "x".repeat(10_000)))
                .asMap();

        assertThat(fields.get("why")).asString().startsWith("a \\u202ebxx").hasSize(OneLine.LONGEST);
    }

    @Test
    void aListIsBounded() {
        List<Container> many = Collections.nCopies(1000, WEB);

        assertThat(FactFields.of(new Fact.FoundDown(many, Duration.ZERO)).asMap())
                .containsEntry("containers", Collections.nCopies(100, "web"))
                .containsEntry("count", 1000);
    }

    @Test
    void aLineHasItsFactsFieldsAndADryRunSaysSo() {
        List<LogLine> lines = new ArrayList<>();
        new Log("watchdog 1.2.3", false, lines::add).tell(decided(new Decision.Start("it crashed")));
        new Log("watchdog 1.2.3", true, lines::add).tell(decided(new Decision.Start("it crashed")));

        assertThat(lines).extracting(LogLine::level).containsOnly(Level.INFO);
        assertThat(lines.get(0).message()).endsWith(": starting, because it crashed");
        assertThat(lines.get(0).fields())
                .isEqualTo(
                        FactFields.of(decided(new Decision.Start("it crashed"))).asMap());
        assertThat(lines.get(1).fields()).containsEntry("what", "start").containsEntry("dryRun", true);
    }

    @Test
    void aFaultOfItsOwnHasItsStackTrace() {
        List<LogLine> lines = new ArrayList<>();
        new Log("watchdog 1.2.3", false, lines::add).tell(new Fact.OwnFault("web", new IllegalStateException("a\nb")));

        assertThat(lines.get(0).stackTrace())
                .hasSizeGreaterThan(2)
                .startsWith("java.lang.IllegalStateException: a b")
                .element(1)
                .asString()
                .startsWith("\tat watchdog.report.FactFieldsTest");
    }
}
