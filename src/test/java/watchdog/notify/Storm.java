package watchdog.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import watchdog.policy.Container;
import watchdog.report.FactKind;

/**
 * Many hosts with one webhook, to which something happens at once, on virtual time: what each tells, and when, is decided by
 * {@link Digest} and {@link Retry}. The webhook takes so many messages in a second, answers any more with 429, and may be away at first.
 */
final class Storm {

    private static final Instant BEGIN = Instant.EPOCH;

    private final Retry retry;
    private final Random random;
    private final int takesInASecond;
    private final Instant backAt;
    private final List<Host> hosts;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparing(Turn::at));

    /** Messages taken, and requests, by the second. */
    private final Map<Long, Integer> taken = new TreeMap<>();

    private final Map<Long, Integer> asked = new TreeMap<>();

    private int dropped;
    private Duration slowest = Duration.ZERO;

    /** What a host does at that time. */
    private record Turn(Instant at, Runnable act) {}

    /**
     * What came of it.
     *
     * @param told messages that were taken
     * @param dropped messages that were not
     * @param requests to the webhook
     * @param busiest how many of them within one second, the first one in which the webhook is there left out
     * @param slowest the longest time until a message was taken, since it was made or the webhook was there
     */
    record Outcome(int told, int dropped, int requests, int busiest, Duration slowest) {}

    Storm(int hosts, int takesInASecond, Duration away, Retry retry, long seed) {
        this.hosts = IntStream.range(0, hosts).mapToObj(number -> new Host()).toList();
        this.takesInASecond = takesInASecond;
        this.backAt = BEGIN.plus(away);
        this.retry = retry;
        this.random = new Random(seed);
    }

    /** Has each host lose its engine at that very moment. */
    void losesEngines() {
        Notice lost = notice(Notice.Status.PROBLEM, FactKind.ENGINE_LOST, Optional.empty());
        hosts.forEach(host -> host.happens(lost, BEGIN));
    }

    /** Has a container of each host begin a crash loop within that time. */
    void crashes(Container container, Duration within) {
        Notice loop = notice(Notice.Status.PROBLEM, FactKind.CRASH_LOOP, Optional.of(container));
        hosts.forEach(host -> host.happens(loop, BEGIN.plus(part(within))));
    }

    /** Has the crash loop of that container be over on each host, within a time that begins then. */
    void recovers(Container container, Duration after, Duration within) {
        Notice over = notice(Notice.Status.NOTE, FactKind.CRASH_LOOP_OVER, Optional.of(container));
        hosts.forEach(host -> host.happens(over, BEGIN.plus(after).plus(part(within))));
    }

    private static Notice notice(Notice.Status status, FactKind what, Optional<Container> container) {
        return new Notice(status, what, container, "", what.toString(), Map.of(), 0);
    }

    private Duration part(Duration whole) {
        return Duration.ofMillis(Math.round((double) whole.toMillis() * random.nextDouble()));
    }

    private void at(Instant at, Runnable act) {
        turns.add(new Turn(at, act));
    }

    Outcome run() {
        for (Turn next = turns.poll(); next != null; next = turns.poll()) {
            next.act().run();
        }
        long first = backAt.plus(Notifier.GROUP_WAIT).getEpochSecond();
        return new Outcome(
                sum(taken),
                dropped,
                sum(asked),
                asked.entrySet().stream()
                        .filter(second -> second.getKey() > first)
                        .mapToInt(Map.Entry::getValue)
                        .max()
                        .orElse(0),
                slowest);
    }

    private static int sum(Map<Long, Integer> bySecond) {
        return bySecond.values().stream().mapToInt(Integer::intValue).sum();
    }

    private boolean takes(Instant now) {
        long second = now.getEpochSecond();
        count(asked, second);
        if (now.isBefore(backAt) || taken.getOrDefault(second, 0) >= takesInASecond) {
            return false;
        }
        count(taken, second);
        return true;
    }

    private static void count(Map<Long, Integer> bySecond, long second) {
        bySecond.put(second, bySecond.getOrDefault(second, 0) + 1);
    }

    /** A watchdog and its one webhook. */
    private final class Host {

        private final Digest digest = new Digest(Selection.parse("problems"), Notifier.GROUP_WAIT);

        /** When each message that waits was made, the first one under way. */
        private final Deque<Instant> waiting = new ArrayDeque<>();

        private int tries;

        void happens(Notice notice, Instant at) {
            at(at, () -> {
                digest.happened(notice, at);
                digest.next().ifPresent(due -> at(due, () -> tell(due)));
            });
        }

        private void tell(Instant now) {
            if (digest.due(now).isEmpty()) {
                return;
            }
            if (waiting.size() > Courier.ROOM) {
                drop();
            }
            waiting.add(now);
            if (waiting.size() == 1) {
                deliver(now);
            }
        }

        private void deliver(Instant now) {
            tries++;
            Instant made = waiting.getFirst();
            if (takes(now)) {
                Duration wait = Duration.between(made.isBefore(backAt) ? backAt : made, now);
                slowest = wait.compareTo(slowest) > 0 ? wait : slowest;
                next(now);
                return;
            }
            Duration age = Duration.between(made, now);
            Optional<Duration> wait = retry.after(tries, age, random.nextDouble());
            if (wait.isPresent()) {
                Instant again = now.plus(wait.get());
                at(again, () -> deliver(again));
            } else {
                dropped++;
                next(now);
            }
        }

        private void next(Instant now) {
            waiting.remove();
            tries = 0;
            if (!waiting.isEmpty()) {
                deliver(now);
            }
        }

        /** The oldest but the one under way. */
        private void drop() {
            Instant underWay = waiting.remove();
            waiting.remove();
            waiting.addFirst(underWay);
            dropped++;
        }
    }
}
