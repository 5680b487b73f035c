package watchdog.notify;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.policy.Container;
import watchdog.policy.Down;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Life;
import watchdog.policy.Standing;
import watchdog.policy.Up;
import watchdog.report.NotificationCounter;
import watchdog.report.Observer;

/**
 * Tells webhooks and programs what happens. The thread of the loop only puts what may matter into a bounded queue; a thread of its
 * own decides what is told ({@link Digest}), and each target has another one ({@link Courier}).
 */
public final class Notifier implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    /** A pass over some thousand containers tells about as many facts at once. */
    private static final int ROOM = 10_000;

    /** How long what is to be told waits for what belongs to it, as many crashes at once. */
    static final Duration GROUP_WAIT = Duration.ofSeconds(2);

    /** What reads the queue wakes at least so often. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final BlockingQueue<Consumer<Digest>> queue = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong lost = new AtomicLong();
    private final List<Courier> couriers;
    private final Facts facts;
    private final Digest digest;
    private final Thread thread;
    private volatile boolean closing;

    /** Of the loop's thread: how each container went down last. */
    private final Map<String, Down> deaths = new HashMap<>();

    /** Of the loop's thread: ids of the containers of which something was told. */
    private final Set<String> told = new HashSet<>();

    private Notifier(List<Courier> couriers, Facts facts, Digest digest) {
        this.couriers = couriers;
        this.facts = facts;
        this.digest = digest;
        this.thread = new Thread(this::run, "notifications");
        thread.setDaemon(true);
    }

    /**
     * Makes one, and begins its threads.
     *
     * @param host on which watchdog runs
     * @param version of watchdog
     * @param json writes maps, lists, texts, numbers and truth values in one line
     * @throws IOException if the file of authorities cannot be read
     */
    public static Notifier begin(
            NotifySettings settings,
            String host,
            String version,
            LogLines logs,
            Function<Object, String> json,
            NotificationCounter counter)
            throws IOException {
        return begin(settings, host, version, logs, json, counter, GROUP_WAIT);
    }

    static Notifier begin(
            NotifySettings settings,
            String host,
            String version,
            LogLines logs,
            Function<Object, String> json,
            NotificationCounter counter,
            Duration groupWait)
            throws IOException {
        Composer composer = new Composer(host, version, settings.logLines(), logs, json);
        List<Courier> couriers = targets(settings).stream()
                .map(target -> Courier.begin(target, composer, counter))
                .toList();
        Notifier notifier =
                new Notifier(couriers, Facts.ofVersion(version), new Digest(settings.selection(), groupWait));
        notifier.thread.start();
        return notifier;
    }

    static List<Target> targets(NotifySettings settings) throws IOException {
        List<Target> targets = new ArrayList<>();
        if (!settings.webhooks().isEmpty()) {
            HttpClient client = WebhookTarget.client(settings.authorities());
            for (Webhook webhook : settings.webhooks()) {
                targets.add(new WebhookTarget(targets.size() + 1, webhook, client, WebhookTarget.ANSWER));
            }
        }
        for (int i = 0; i < settings.programs().size(); i++) {
            targets.add(ProgramTarget.of(i + 1, settings.programs().get(i)));
        }
        return targets;
    }

    @Override
    public void tell(Fact fact) {
        if (!Facts.isOfInterest(fact)) {
            return;
        }
        Down death = null;
        if (fact instanceof Fact.AboutContainer about) {
            String id = about.container().id();
            death = deaths.get(id);
            if (!Facts.isGone(fact)) {
                told.add(id);
            }
        }
        put(fact, death);
    }

    private void put(Fact fact, @Nullable Down death) {
        Instant at = Instant.now();
        put(into -> into.happened(facts.notice(fact, death, at), now()));
    }

    @Override
    public void changed(Standing standing) {
        Life life = standing.life();
        if (life.phase() instanceof Down down) {
            deaths.put(life.id(), down);
        }
        if (!(life.phase() instanceof Up up) || life.operation() != null || !told.contains(life.id())) {
            return;
        }
        Container container = life.container();
        Instant at = Instant.now();
        if (standing.isWell()) {
            put(into -> into.isSo(Facts.up(container, at), now()));
        }
        if (up.health() == Health.HEALTHY) {
            put(into -> into.isSo(Facts.healthy(container, at), now()));
        }
    }

    @Override
    public void forgotten(String id) {
        deaths.remove(id);
        if (told.remove(id)) {
            Instant at = Instant.now();
            put(into -> into.isGone(id, container -> Facts.gone(container, at), now()));
        }
    }

    @Override
    public void lostTrackOf(String id) {
        deaths.remove(id);
    }

    /** Of how many containers something is kept on the loop's thread. */
    int size() {
        return told.size();
    }

    private void put(Consumer<Digest> event) {
        if (!queue.offer(event)) {
            lost.incrementAndGet();
        }
    }

    /** By a clock that nobody can set. */
    private static Instant now() {
        return Instant.EPOCH.plusNanos(System.nanoTime());
    }

    private void run() {
        try {
            while (!closing) {
                Consumer<Digest> event = queue.poll(untilNext().toMillis(), TimeUnit.MILLISECONDS);
                if (event != null) {
                    takeIn(event);
                }
                send(digest.due(now()));
                logLost();
            }
            for (Consumer<Digest> event = queue.poll(); event != null; event = queue.poll()) {
                takeIn(event);
            }
            send(digest.atOnce(now()));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** What fails for one fact is not to end the thread. */
    private void takeIn(Consumer<Digest> event) {
        try {
            event.accept(digest);
        } catch (RuntimeException e) {
            LOG.error("a notification has failed, which is a bug; what has happened is not told", e);
        }
    }

    private Duration untilNext() {
        Duration wait = digest.next()
                .map(next -> Duration.between(now(), next).plusMillis(1))
                .filter(next -> next.compareTo(LONGEST_WAIT) < 0)
                .orElse(LONGEST_WAIT);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private void send(List<Notice> notices) {
        if (!notices.isEmpty()) {
            Instant at = Instant.now();
            couriers.forEach(courier -> courier.take(notices, at));
        }
    }

    private void logLost() {
        long count = lost.getAndSet(0);
        if (count > 0) {
            LOG.warn("notifications: {} facts were lost, because too many came at once", count);
        }
    }

    /** Has what waits told at once, and ends; what is not told by then is lost. */
    public void close(Duration patience) {
        Instant end = now().plus(patience);
        closing = true;
        put(into -> {});
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, Math.max(1, patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        couriers.forEach(Courier::close);
        couriers.forEach(courier -> courier.awaitEnd(Duration.between(now(), end)));
    }
}
