package watchdog.host;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.http.UnixDatagrams;

/**
 * The service manager that this process was started by, which is told how the service is: systemd, or what else does as
 * sd_notify(3) has it. What it has no room for is not told, and told later if it still holds.
 *
 * <p>{@link #beat} is for one thread, whose going on is what the service manager watches.
 */
public final class ServiceManager {

    /** A status may change with each signal of a thousand containers, and systemd tells others of each. */
    private static final Duration BETWEEN_STATUSES = Duration.ofSeconds(1);

    /** After what it had no room for. */
    private static final Duration AGAIN = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private final Sender sender;
    private final Supplier<Optional<String>> status;

    /** Half of the time after which it kills a process that does not say that it goes on, or null if it never does. */
    private final @Nullable Duration period;

    private String toldStatus = "";
    private Instant statusFrom = Instant.MIN;
    private Instant aliveFrom;
    private volatile boolean hasFailed;

    /** Sends one notification. */
    interface Sender {
        boolean send(String text) throws IOException;
    }

    ServiceManager(Sender sender, Supplier<Optional<String>> status, @Nullable Duration period) {
        this.sender = sender;
        this.status = status;
        this.period = period;
        this.aliveFrom = period == null ? Instant.MAX : Instant.MIN;
    }

    /**
     * The one that such an environment names by {@code NOTIFY_SOCKET}.
     *
     * @param status what the service is at, in one line, or empty while it is not ready
     */
    public static ServiceManager of(Map<String, String> environment, Supplier<Optional<String>> status) {
        return new ServiceManager(sender(environment.getOrDefault("NOTIFY_SOCKET", "")), status, period(environment));
    }

    private static Sender sender(String address) {
        return new Sender() {

            private @Nullable UnixDatagrams datagrams;

            // Opened when there is something to send: what hinders it, as a folder that is full, may be over by the
            // next time.
            @Override
            public synchronized boolean send(String text) throws IOException {
                if (datagrams == null) {
                    datagrams = UnixDatagrams.to(address);
                }
                return datagrams.send(text);
            }
        };
    }

    static @Nullable Duration period(Map<String, String> environment) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        boolean isOurs = pid.isEmpty()
                || pid.equals(Long.toString(ProcessHandle.current().pid()));
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean isAsked = isOurs && micros.matches("[1-9][0-9]{3,14}");
        return isAsked ? Duration.ofNanos(Long.parseLong(micros) * 500) : null;
    }

    /**
     * The thread that is watched goes on.
     *
     * @param now by a clock that is never set back
     * @return after how long to call this again at the latest
     */
    public Duration beat(Instant now) {
        boolean isStatusTold = tellStatus(now);
        if (period != null && !now.isBefore(aliveFrom)) {
            // Until it is ready, what would end it is the time that a start may take.
            boolean isTold = send(isReady() ? "WATCHDOG=1" : "EXTEND_TIMEOUT_USEC=" + period.toNanos() / 500);
            aliveFrom = now.plus(isTold ? period : AGAIN);
        }
        Instant next = isStatusTold || aliveFrom.isBefore(statusFrom) ? aliveFrom : statusFrom;
        return Duration.between(now, next);
    }

    /** With the first status it is ready. Returns false if there may be something to tell at another time. */
    private boolean tellStatus(Instant now) {
        if (isReady() && now.isBefore(statusFrom)) {
            return false;
        }
        statusFrom = now.plus(BETWEEN_STATUSES);
        String current = status.get().orElse("");
        if (current.equals(toldStatus)) {
            return true;
        }
        boolean isTold = send((isReady() ? "" : "READY=1\n") + "STATUS=" + current);
        toldStatus = isTold ? current : toldStatus;
        return isTold;
    }

    private boolean isReady() {
        return !toldStatus.isEmpty();
    }

    /** The process is about to end. On any thread. */
    public void stopping() {
        boolean unused = send("STOPPING=1");
    }

    private boolean send(String text) {
        String problem;
        try {
            if (sender.send(text)) {
                return true;
            }
            problem = "it does not read";
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
        }
        if (!hasFailed) {
            hasFailed = true;
            LOG.info("cannot notify the service manager: {} (trying again quietly)", problem);
        }
        return false;
    }
}
