package watchdog.host;

import java.time.Duration;
import org.slf4j.Logger;

/**
 * Gives back to the system what Java takes for a moment, and would otherwise keep for ever: a plain {@code java -jar} had
 * 70.5 MB with it, and without it 96.8 MB, which grew, when that was measured, before jackson-databind came.
 *
 * <p>Without flags Java begins with a 64th of the machine's memory as its heap, and fills much of it before it collects
 * anything; and its second compiler (C2) takes up to tens of megabytes for one method, which malloc keeps when they are
 * freed. So that compiler is left out once the start is over, and from then on, at each check that finds the heap in use
 * grown, garbage is collected, and malloc gives back what is free; where Java has made its heap so small that it collects
 * sooner by itself, no more is needed. Each collection stops all threads for some milliseconds. Where flags have
 * left out that compiler, as the unit's have, only the garbage of the start is collected.
 */
public final class MemoryTrimmer extends Thread {

    private static final Duration UNTIL_STARTED = Duration.ofSeconds(10);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(10);

    /** In bytes: less is not worth a collection. */
    private static final long MUCH = 4L << 20;

    private final Logger log;

    private MemoryTrimmer(Logger log) {
        super("memory trimmer");
        this.log = log;
        setDaemon(true);
    }

    /** Begins, in a thread of its own that keeps no process from ending; what it does is logged for debugging only. */
    public static void begin(Logger log) {
        new MemoryTrimmer(log).start();
    }

    @Override
    public void run() {
        try {
            Thread.sleep(UNTIL_STARTED.toMillis());
            if (saysThatNoSecondCompiler(System.getProperty("java.vm.info", ""))) {
                System.gc();
                log.debug("memory: collected what the start has left");
            } else {
                // In a class of its own, because Java's management takes megabytes as soon as it is loaded.
                trim(new JavaDiagnostics(log));
            }
        } catch (LinkageError e) {
            System.gc();
            log.debug("memory: this Java is without its management: {}", e.toString());
        } catch (InterruptedException e) {
            interrupt();
        }
    }

    /** HotSpot's words for {@code -XX:TieredStopAtLevel=1} and {@code -Xint}; other flags to that end are not told. */
    private static boolean saysThatNoSecondCompiler(String vmInfo) {
        return vmInfo.contains("emulated-client") || vmInfo.contains("interpreted mode");
    }

    private static void trim(JavaDiagnostics java) throws InterruptedException {
        java.leaveOutSecondCompiler();
        // A collection under way still ends.
        Thread.sleep(BETWEEN_CHECKS.toMillis());
        while (true) {
            System.gc();
            java.trimNativeHeap();
            waitUntilGrown();
        }
    }

    /** A large heap, which takes long to collect, may grow by more. */
    private static void waitUntilGrown() throws InterruptedException {
        long before = inUse();
        do {
            Thread.sleep(BETWEEN_CHECKS.toMillis());
        } while (inUse() - before < Math.max(MUCH, before / 2));
    }

    private static long inUse() {
        Runtime java = Runtime.getRuntime();
        return java.totalMemory() - java.freeMemory();
    }
}
