package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import watchdog.policy.Rules;

/** Ten thousand containers are listed every few seconds, so that no container may cost a look at all others. */
class BigHostTest {

    private static final int FEW = 500;
    private static final int TIMES = 10;

    @Test
    void whatAListingCostsGrowsWithTheNumberOfItsContainersOnly() {
        Bench few = projects(FEW);
        Bench many = projects(TIMES * FEW);

        // Each with each would be a hundred times as much.
        assertThat(quickest(many)).isLessThan(TIMES * 4 * quickest(few));
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

    private static long quickest(Bench bench) {
        return LongStream.generate(() -> time(bench, bench.listing()))
                .limit(10)
                .min()
                .orElseThrow();
    }

    private static long time(Bench bench, Signal signal) {
        long begin = System.nanoTime();
        bench.handle(signal);
        return System.nanoTime() - begin;
    }
}
