package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import watchdog.policy.Rules;

/** Ten thousand containers are listed every few seconds, so that no container may cost a look at all others. */
class BigHostTest {

    private static final int FEW = 500;
    private static final int TIMES = 10;
    private static final int ROUNDS = 30;

    @Test
    void whatAListingCostsGrowsWithTheNumberOfItsContainersOnly() {
        Bench few = projects(FEW);
        Bench many = projects(TIMES * FEW);
        long leastOfFew = Long.MAX_VALUE;
        long leastOfMany = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            leastOfFew = Math.min(leastOfFew, time(few, few.listing()));
            leastOfMany = Math.min(leastOfMany, time(many, many.listing()));
        }

        // Each with each would be a hundred times as much.
        assertThat(leastOfMany).isLessThan(TIMES * 4 * leastOfFew);
    }

    private static Bench projects(int containers) {
        Bench bench = new Bench("c-*", Rules.DEFAULT);
        IntStream.range(0, containers)
                .forEach(n -> bench.running("c-" + n)
                        .label("com.docker.compose.project", "shop-" + n / 4)
                        .label("com.docker.compose.service", "service-" + n % 4)
                        .label("com.docker.compose.depends_on", "service-0:service_started:false"));
        bench.withEvents().pass();
        return bench;
    }

    private static long time(Bench bench, Signal signal) {
        long begin = System.nanoTime();
        bench.handle(signal);
        return System.nanoTime() - begin;
    }
}
