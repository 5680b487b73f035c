package watchdog.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Attempts;
import watchdog.policy.Cause;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.CrashLoop;
import watchdog.policy.Decision;
import watchdog.policy.Down;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Hold;
import watchdog.policy.Life;
import watchdog.policy.NamePattern;
import watchdog.policy.Outcome;
import watchdog.policy.Phase;
import watchdog.policy.RestartCause;
import watchdog.policy.Setup;
import watchdog.policy.Standing;
import watchdog.policy.Status;
import watchdog.policy.Telling;
import watchdog.policy.Work;
import watchdog.report.Board;
import watchdog.report.History;

/** A day as a test makes it up, as it is told to those who show it. */
final class DayBench {

    final Board board = new Board("watchdog 1.0.0", () -> {});
    final History history = new History("watchdog 1.0.0", false, this::readClock);
    final Page page = new Page("dock-7", board, history, () -> this.now, ZoneOffset.UTC);

    private final Map<String, Standing> standings = new HashMap<>();

    private final Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private Instant now = end;
    private int readings;

    /** What follows is told so long ago; zero is the end. */
    DayBench ago(Duration duration) {
        now = end.minus(duration);
        return this;
    }

    private Instant readClock() {
        readings++;
        return now;
    }

    /** How often something was written into the history or read from it. */
    int readings() {
        return readings;
    }

    DayBench tell(Fact fact) {
        board.tell(fact);
        history.tell(fact);
        return this;
    }

    DayBench engine(String name) {
        return tell(new Fact.EngineFound(name, null)).listed();
    }

    DayBench listed() {
        return tell(new Fact.Listed(1, List.of(), false, Duration.ofMillis(9)));
    }

    DayBench noEngine(String problem) {
        return tell(new Fact.EngineLost(problem, true, Duration.ZERO));
    }

    /** It may be there, and does not answer. */
    DayBench silentEngine(String problem) {
        return tell(new Fact.EngineLost(problem, false, Duration.ZERO));
    }

    static String id(String name) {
        return HexFormat.of().formatHex((name + "*".repeat(32)).getBytes(UTF_8)).substring(0, 64);
    }

    private void is(String name, Phase phase, Decision decision, @Nullable Hold hold, boolean isInCrashLoop) {
        Telling telling = new Telling(decision, hold, "", "", isInCrashLoop, false);
        Life life = new Life(
                id(name),
                name,
                now,
                Setup.of(Map.of()),
                true,
                false,
                now,
                phase,
                null,
                Attempts.NONE,
                false,
                telling,
                null);
        Standing standing = new Standing(life, decision, hold, Duration.ZERO, now);
        standings.put(name, standing);
        board.changed(standing);
        history.changed(standing);
    }

    DayBench found(String name, Status seen, Decision decision) {
        is(name, Life.of("", "", Setup.of(Map.of()), now).phase().found(seen, now), decision, null, false);
        return this;
    }

    DayBench up(String name) {
        return up(name, Health.NONE);
    }

    DayBench up(String name, Health health) {
        return found(name, Status.of(ContainerState.RUNNING).withHealth(health), new Decision.Leave("it is running"));
    }

    DayBench down(String name, Cause cause, int exitCode, Decision decision) {
        is(name, new Down(cause, now, OptionalInt.of(exitCode), false), decision, null, false);
        return tell(new Fact.Decided(container(name), decision, true, now));
    }

    /** It crashed, and is started at once. */
    DayBench crash(String name, int exitCode) {
        return down(name, Cause.Accident.CRASH, exitCode, new Decision.Start("it crashed with code " + exitCode));
    }

    DayBench started(String name) {
        return started(name, new Outcome.Up(Duration.ofMillis(210), Health.NONE), null);
    }

    DayBench startFailed(String name, String problem, @Nullable Duration next) {
        return started(name, new Outcome.Failed(problem, container(name)), next);
    }

    private DayBench started(String name, Outcome outcome, @Nullable Duration next) {
        RestartCause cause =
                standings.get(name).life().phase() instanceof Down down && down.cause() == Cause.Accident.OUTAGE
                        ? RestartCause.OUTAGE
                        : RestartCause.CRASH;
        if (outcome.isUp()) {
            up(name);
        }
        return tell(new Fact.Finished(container(name), Work.START, cause, outcome, true, next, 1));
    }

    DayBench crashLoop(String name) {
        Standing before = standings.get(name);
        is(name, before.life().phase(), before.decision(), before.hold(), true);
        CrashLoop limit = new CrashLoop(5, Duration.ofMinutes(10));
        return tell(new Fact.InCrashLoop(container(name), limit, "it crashed with code 1", Duration.ofSeconds(16)));
    }

    DayBench giveUp(String name, String reason) {
        Standing before = standings.get(name);
        Decision decision = new Decision.GiveUp(reason);
        is(name, before.life().phase(), decision, null, before.life().telling().crashLoop());
        return tell(new Fact.Decided(container(name), decision, true, now));
    }

    DayBench hold(String name) {
        Standing before = standings.get(name);
        Hold hold = new Hold(NamePattern.parse(name), null, null);
        Decision decision = new Decision.Leave(before.decision().reason() + ", and it is held");
        is(name, before.life().phase(), decision, hold, false);
        return tell(new Fact.Held(container(name), hold));
    }

    Container container(String name) {
        return Optional.ofNullable(standings.get(name)).orElseThrow().life().container();
    }

    String html() {
        return text(page);
    }

    static String text(Resource resource) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            resource.get().body().write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(UTF_8);
    }
}
