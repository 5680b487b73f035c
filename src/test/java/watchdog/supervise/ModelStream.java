package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import watchdog.engine.EngineEvent;

/** A stream of events under way from the engine to watchdog: late, with gaps, and now and then not in order. */
final class ModelStream {

    /** However late events are, no engine is back so soon. */
    private static final Duration AN_END_TAKES = Duration.ofSeconds(1);

    /** As {@link EventListener} has it. */
    private static final Duration YOUNG = Duration.ofSeconds(1);

    private static final Duration OVERTAKEN_BY = Duration.ofSeconds(3);

    /** How bad it is at the moment. */
    static final class Weather {
        double loss;
        double disorder;
        Duration delay = Duration.ofMillis(5);
    }

    private final VirtualTime time;
    private final Dice dice;
    private final Weather weather;
    private final Invariants invariants;
    private final BiConsumer<Signal, Runnable> signals;
    private Instant lastArrival;
    private boolean cut;
    private boolean unread;

    /** Makes a stream to somebody who takes signals, each with what is to be done when it is handled. */
    ModelStream(
            VirtualTime time, Dice dice, Weather weather, Invariants invariants, BiConsumer<Signal, Runnable> signals) {
        this.time = time;
        this.dice = dice;
        this.weather = weather;
        this.invariants = invariants;
        this.signals = signals;
        this.lastArrival = time.instant();
    }

    void tell(ModelContainer about, EngineEvent event) {
        if (dice.chance(weather.loss)) {
            about.ledger.lost();
            return;
        }
        int run = about.starts;
        int losses = about.ledger.losses;
        about.ledger.onTheWay++;
        boolean overtaken = dice.chance(weather.disorder);
        if (overtaken) {
            about.ledger.overtaken(time.instant());
        }
        Instant told = time.instant();
        Runnable arrival = () -> {
            boolean young = Duration.between(told, time.instant()).compareTo(YOUNG) < 0;
            if (cut) {
                about.ledger.onTheWay--;
                about.ledger.lost();
            } else {
                signals.accept(
                        new Signal.Happened(event, young),
                        () -> invariants.told(
                                about, event.action(), run == about.starts, losses == about.ledger.losses));
            }
        };
        if (overtaken) {
            time.after(dice.upTo(OVERTAKEN_BY), () -> read(arrival));
        } else {
            arrive(arrival);
        }
    }

    /** Nothing comes after that, and what is under way only if it is not cut. */
    void end(boolean atOnce, Runnable onEnd) {
        cut = atOnce;
        Instant latest = time.instant().plus(AN_END_TAKES);
        lastArrival = lastArrival.isAfter(latest) ? latest : lastArrival;
        Duration delay = weather.delay.compareTo(AN_END_TAKES) < 0 ? weather.delay : AN_END_TAKES;
        arrive(delay, () -> {
            cut = true;
            onEnd.run();
        });
    }

    /** Nobody reads it any more. */
    void abandon() {
        unread = true;
    }

    /** What was told first arrives first. */
    void arrive(Runnable act) {
        arrive(weather.delay, act);
    }

    private void arrive(Duration delay, Runnable act) {
        Instant soonest = time.instant().plus(dice.upTo(delay));
        lastArrival = soonest.isAfter(lastArrival) ? soonest : lastArrival;
        time.after(Duration.between(time.instant(), lastArrival), () -> read(act));
    }

    private void read(Runnable act) {
        if (!unread) {
            act.run();
        }
    }
}
