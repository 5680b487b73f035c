package watchdog.policy.explore;

import java.time.Duration;
import java.time.Instant;
import watchdog.policy.Rules;

/**
 * What watchdog has tried, as the one who checks it counts: rather too few than too many.
 *
 * @param count in a row
 * @param accepted of those, in a row
 * @param asked when the last one was begun
 * @param last when it was answered
 * @param isUp whether the last one was accepted
 */
record Tried(int count, int accepted, Instant asked, Instant last, boolean isUp) {

    static final Tried NEVER = new Tried(0, 0, Instant.MIN, Instant.MIN, false);

    private static final int MOST = 4;

    Tried again(Rules rules, boolean isAccepted, Instant begun, Instant now) {
        Tried before = isForgotten(rules, now) ? NEVER : this;
        return new Tried(
                Math.min(MOST, before.count + 1),
                Math.min(MOST, before.accepted + (isAccepted ? 1 : 0)),
                begun,
                now,
                isAccepted);
    }

    /** It may have been up for so long that it is forgotten. */
    boolean isForgotten(Rules rules, Instant now) {
        return count == 0 || (isUp && !now.minus(rules.resetAfter()).isBefore(asked));
    }

    boolean isTooSoon(Rules rules, Instant now) {
        Duration wait = rules.backoff().after(Math.min(count, MOST), 0.5);
        return !isForgotten(rules, now) && now.isBefore(last.plus(wait));
    }

    boolean isTooOften(Rules rules, Instant now) {
        return rules.giveUpAfter() > 0 && accepted >= rules.giveUpAfter() && !isForgotten(rules, now);
    }

    Tried shifted(Shift shift) {
        return new Tried(count, accepted, shift.at(asked), shift.at(last), isUp);
    }
}
