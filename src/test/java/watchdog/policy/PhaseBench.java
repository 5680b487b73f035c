package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Cause.Accident;
import watchdog.policy.Cause.Proof;

/** A test of phases: one that is up, what can happen to it, and what to ask of what it becomes. */
abstract class PhaseBench {

    static final Instant T0 = Instant.parse("2026-11-22T03:00:00Z");
    static final OptionalInt CODE = OptionalInt.of(137);
    static final Cause TOLD_STOP = new Cause.Stop(new Proof.Told());

    /** Up for a minute. */
    static final Phase UP = Up.begun(at(-60));

    static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    static Phase signalled(Phase phase, int signal, long seconds) {
        return phase.signalled(new Kill(signal, at(seconds)));
    }

    static Phase signalledByWatchdog(long seconds) {
        return UP.signalled(new Kill(15, at(seconds)).by(true));
    }

    static Phase died(Phase phase, long seconds) {
        return phase.died(new Input.Died(null, CODE, true, true), at(seconds));
    }

    static Phase foundDown(Phase phase, long since) {
        return phase.foundDown(Status.exited(CODE), at(since));
    }

    static Down down(Cause cause) {
        return new Down(cause, T0, CODE);
    }

    static Down stopped(Proof proof) {
        return down(new Cause.Stop(proof));
    }

    static Cause cause(Phase phase) {
        assertThat(phase).isInstanceOf(Down.class);
        return ((Down) phase).cause();
    }

    static Instant since(Phase phase) {
        return phase instanceof Down down ? down.since() : ((Up) phase).since();
    }

    static Cause causeNamed(String name) {
        return name.equals("STOP") ? TOLD_STOP : Accident.valueOf(name);
    }

    static Status exitedAt(long finishedAt) {
        return new Status(ContainerState.EXITED, Health.NONE, CODE, "", null, at(finishedAt), Duration.ZERO);
    }

    static Status startedAt(ContainerState state, @Nullable Instant startedAt) {
        return new Status(state, Health.NONE, OptionalInt.empty(), "", startedAt, null, Duration.ZERO);
    }
}
