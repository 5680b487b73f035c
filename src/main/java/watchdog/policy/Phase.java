package watchdog.policy;

import java.time.Instant;

/**
 * What a container itself goes through, as far as anybody saw. Each phase says for itself what follows from what is told or
 * found; instants are by the loop's clock unless said otherwise.
 */
public sealed interface Phase permits Up, Down, Created, Elsewhere {

    /** What the engine would say of it. */
    Status status();

    /**
     * What is to be done with it, by that policy.
     *
     * @param options what its labels say
     */
    Decision decide(RestartPolicy policy, Life life, LabelOptions options, Instant now);

    /** Its process was started, by whomever. */
    default Phase started(Instant now) {
        return Up.begun(now);
    }

    /** Its process has ended. */
    default Phase died(Input.Died death, Instant now) {
        return Up.begun(now).died(death, now);
    }

    /** It was sent a signal. As a death, a stop, want of memory and a pause, this shows that it ran. */
    default Phase signalled(Kill kill) {
        return Up.begun(kill.at()).signalled(kill);
    }

    /** An operator's stop has come to its end; the death was told before, or is told after. */
    default Phase stopped(Instant now) {
        return Up.begun(now).stopped(now);
    }

    /** A process in it was ended for want of memory. */
    default Phase outOfMemory(Instant now) {
        return Up.begun(now).outOfMemory(now);
    }

    /** Somebody paused it, or let it go on. */
    default Phase paused(boolean isPaused, Instant now) {
        return Up.begun(now).paused(isPaused, now);
    }

    /** Its health check came to that. */
    default Phase health(Health health) {
        return this;
    }

    /** It was found running or paused. */
    default Phase foundUp(Status seen, Instant now) {
        return Up.begun(now).seenAs(seen);
    }

    /**
     * It was found down.
     *
     * @param since since when, at the latest
     */
    default Phase foundDown(Status seen, Instant since) {
        return new Down(Cause.Accident.UNWITNESSED, since, seen.exitCode());
    }

    /** It was found in that state. */
    default Phase found(Status seen, Instant now) {
        return switch (seen.state()) {
            case RUNNING, PAUSED -> foundUp(seen, now);
            case EXITED -> foundDown(seen, now.minus(seen.downFor()));
            case CREATED -> new Created(seen.error());
            case RESTARTING, REMOVING, DEAD, UNKNOWN -> new Elsewhere(seen.state());
        };
    }

    /** There is no engine any more: what ran may be down when it is back. */
    default Phase engineGone(Instant now) {
        return this;
    }

    /** The event stream has ended. */
    default Phase eventsEnded(Instant now) {
        return this;
    }

    /** The event stream has begun again; what happened in between was missed. */
    default Phase eventsBegun() {
        return this;
    }

    /** Its setup is known only now, and with it the meaning of a signal that it was sent before. */
    default Phase createdWith(Setup setup) {
        return this;
    }
}
