package watchdog.policy.explore;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Attempts;
import watchdog.policy.Decision;
import watchdog.policy.Down;
import watchdog.policy.Evidence;
import watchdog.policy.Kill;
import watchdog.policy.Life;
import watchdog.policy.Namespaces;
import watchdog.policy.Operation;
import watchdog.policy.Phase;
import watchdog.policy.Telling;
import watchdog.policy.Tries;
import watchdog.policy.Up;

/** The same at another time by the loop's clock: the engine's own times stay. */
record Shift(Duration by) {

    Life of(Life life) {
        return new Life(
                life.id(),
                life.name(),
                at(life.namedSince()),
                life.setup(),
                life.isInspected(),
                life.isOpen(),
                at(life.knownSince()),
                of(life.phase()),
                of(life.operation()),
                of(life.attempts()),
                life.isOrphan(),
                of(life.telling()),
                orNull(life.wakeAt()));
    }

    private Phase of(Phase phase) {
        if (phase instanceof Up up) {
            return new Up(
                    up.state(),
                    at(up.since()),
                    up.health(),
                    of(up.evidence()),
                    up.startedAt(),
                    new Namespaces(
                            up.namespaces().joined(), orNull(up.namespaces().lostAt())),
                    up.lacksNetwork());
        }
        return phase instanceof Down down
                ? new Down(down.cause(), at(down.since()), down.exitCode(), down.isRestarting(), of(down.kill()))
                : phase;
    }

    private Evidence of(Evidence evidence) {
        return new Evidence(
                of(evidence.kill()),
                orNull(evidence.outOfMemoryAt()),
                evidence.engineGone(),
                orNull(evidence.eventsEndedAt()));
    }

    private @Nullable Kill of(@Nullable Kill kill) {
        return kill == null
                ? null
                : new Kill(kill.signal(), at(kill.at()), kill.toStop(), kill.takes(), kill.own(), kill.doubted());
    }

    private @Nullable Operation of(@Nullable Operation operation) {
        return operation == null
                ? null
                : new Operation(
                        operation.work(),
                        operation.reason(),
                        operation.cause(),
                        operation.step(),
                        at(operation.since()),
                        operation.start(),
                        operation.areEventsMissed(),
                        operation.runStartedAt(),
                        operation.isForHealth(),
                        operation.isStopTold(),
                        operation.answer());
    }

    private Attempts of(Attempts attempts) {
        return new Attempts(
                of(attempts.starts()),
                of(attempts.restarts()),
                attempts.inVain(),
                attempts.recent().stream().map(this::at).toList());
    }

    private Tries of(Tries tries) {
        return new Tries(tries.count(), at(tries.last()), tries.random());
    }

    private Telling of(Telling telling) {
        Decision decision = telling.decision() instanceof Decision.Wait wait
                ? new Decision.Wait(wait.reason(), at(wait.until()))
                : telling.decision();
        return new Telling(
                decision,
                telling.hold(),
                telling.callProblem(),
                telling.inspectProblem(),
                telling.crashLoop(),
                telling.healthAwaited());
    }

    Instant at(Instant instant) {
        return instant.equals(Instant.MIN) ? instant : instant.plus(by);
    }

    private @Nullable Instant orNull(@Nullable Instant instant) {
        return instant == null ? null : at(instant);
    }
}
