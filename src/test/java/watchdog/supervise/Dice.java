package watchdog.supervise;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** All that is random in a simulation, from its one seed. */
final class Dice {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double fraction() {
        return random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Any as likely as the other. */
    Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    /** As often from 1 to 2 as from 10 to 20. */
    Duration between(Duration least, Duration most) {
        double low = Math.log((double) least.toMillis());
        double high = Math.log((double) most.toMillis());
        return Duration.ofMillis(Math.round(Math.exp(low + random.nextDouble() * (high - low))));
    }

    /** The time to the next of many that have nothing to do with one another. */
    Duration about(Duration mean) {
        return Duration.ofMillis(Math.round(-Math.log(1 - random.nextDouble()) * mean.toMillis()));
    }

    /** An id as an engine makes them. */
    String id() {
        char[] digits = new char[64];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = HEX[random.nextInt(HEX.length)];
        }
        return new String(digits);
    }
}
