package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * It runs, or is paused.
 *
 * @param since when it was started, or first found up
 * @param evidence of what may end it
 * @param startedAt by the engine's clock, where it was inspected since, or null
 * @param lacksNetwork whether it runs without the network that it was created with
 */
public record Up(
        ContainerState state,
        Instant since,
        Health health,
        Evidence evidence,
        @Nullable Instant startedAt,
        Namespaces namespaces,
        boolean lacksNetwork)
        implements Phase {

    /** One of which nothing is known but that it runs. */
    static Up begun(Instant now) {
        return new Up(ContainerState.RUNNING, now, Health.NONE, Evidence.NONE, null, Namespaces.NONE, false);
    }

    @Override
    public Decision decide(RestartPolicy policy, Life life, LabelOptions options, Instant now) {
        return policy.up(this, life, now);
    }

    @Override
    public Status status() {
        return new Status(state, health, OptionalInt.empty(), "", startedAt, null, Duration.ZERO, lacksNetwork);
    }

    /** The signal of which it may yet die, or null. */
    public @Nullable Kill kill() {
        return evidence.kill();
    }

    /** Whether it was sent a signal by an operator of which it may die yet. */
    public boolean isBeingStopped(Instant now) {
        Kill kill = evidence.kill();
        return kill != null && !kill.own() && kill.explains(now);
    }

    /** Whether it has stayed up for that long. */
    boolean hasLasted(Duration duration, Instant now) {
        return !now.isBefore(since.plus(duration));
    }

    @Override
    public Phase died(Input.Died death, Instant now) {
        Cause cause = evidence.ofDeath(death, now);
        // The echo of watchdog's own restart explains no death, and hides what is still told of that restart.
        boolean hasEcho = cause == Cause.Accident.UNWITNESSED && kill() != null && kill().own();
        return new Down(cause, now, death.exitCode(), false, hasEcho ? kill() : null);
    }

    @Override
    public Phase signalled(Kill later) {
        return with(evidence.signalled(later));
    }

    @Override
    public Phase stopped(Instant now) {
        return signalled(new Kill(Kill.UNKNOWN, now));
    }

    @Override
    public Phase outOfMemory(Instant now) {
        return with(evidence.outOfMemory(now));
    }

    @Override
    public Phase paused(boolean isPaused, Instant now) {
        ContainerState other = isPaused ? ContainerState.PAUSED : ContainerState.RUNNING;
        return new Up(other, since, health, evidence, startedAt, namespaces, lacksNetwork);
    }

    @Override
    public Phase health(Health other) {
        return new Up(state, since, other, evidence, startedAt, namespaces, lacksNetwork);
    }

    @Override
    public Phase foundUp(Status seen, Instant now) {
        Kill recent = kill() != null && kill().isRecent(now) ? kill() : null;
        boolean anew = startedAt != null && seen.startedAt() != null && !startedAt.equals(seen.startedAt());
        return anew ? begun(now).sent(recent).seenAs(seen) : seenAs(seen);
    }

    /** The same, seen in that state. */
    Up seenAs(Status seen) {
        // A listing tells neither of the two.
        boolean isInspected = seen.startedAt() != null;
        return new Up(
                seen.state(),
                since,
                seen.health(),
                evidence.seenUp(),
                isInspected ? seen.startedAt() : startedAt,
                namespaces,
                isInspected ? seen.lacksNetwork() : lacksNetwork);
    }

    @Override
    public Phase foundDown(Status seen, Instant downSince) {
        Cause cause = evidence.ofUntoldDeath(downSince);
        Kill kill = cause == Cause.Accident.UNWITNESSED ? evidence.killBefore(downSince) : null;
        return new Down(cause, downSince, seen.exitCode(), false, kill);
    }

    @Override
    public Phase engineGone(Instant now) {
        return with(evidence.engineGone(now));
    }

    @Override
    public Phase eventsEnded(Instant now) {
        return with(evidence.eventsEnded(now));
    }

    @Override
    public Phase createdWith(Setup setup) {
        Kill kill = evidence.kill();
        return kill == null ? this : sent(kill.to(setup));
    }

    /** The same, sent that signal. */
    Up sent(@Nullable Kill other) {
        return with(evidence.with(other));
    }

    Up with(Evidence other) {
        return new Up(state, since, health, other, startedAt, namespaces, lacksNetwork);
    }

    Up with(Namespaces other) {
        return new Up(state, since, health, evidence, startedAt, other, lacksNetwork);
    }

    /** Whether one of its providers was started anew since it was joined, by when those that run were started. */
    boolean hasLostNamespace(Map<String, Instant> starts) {
        return namespaces.areLost(starts, startedAt);
    }

    /** The same, after a comparison with its providers. */
    Up compared(Map<String, Instant> starts, Collection<String> providers, Instant now) {
        return startedAt == null ? this : with(namespaces.compared(starts, startedAt, providers, now));
    }
}
