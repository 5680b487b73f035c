package watchdog;

import java.time.Duration;
import org.slf4j.Logger;

/**
 * Gives back to the system what Java takes for a moment, and would keep for ever.
 *
 * <p>Without flags Java begins with a 64th of the machine's memory as its heap, and fills much of it before it collects
 * anything; and its second compiler (C2) takes up to tens of megabytes for one method, which malloc keeps when they are
 * freed. So the garbage of the start is collected when that is over. Then, unless flags have left that compiler out anyway,
 * it compiles nothing any more, and whenever the heap in use has grown, it is collected, and malloc gives back what is free.
 * Each collection stops all threads for some milliseconds.
 */
final class MemoryTrimmer extends Thread {

    private static final Duration UNTIL_STARTED = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    /** In bytes: less is not worth a collection. */
    private static final long MUCH = 4L << 20;

    private final Logger log;

    private MemoryTrimmer(Logger log) {
        super("memory trimmer");
        this.log = log;
        setDaemon(true);
    }

    /** Begins, in a thread of its own that keeps no process from ending; what it does is logged for debugging only. */
    static void begin(Logger log) {
        new MemoryTrimmer(log).start();
    }

    @Override
    public void run() {
        try {
            Thread.sleep(UNTIL_STARTED.toMillis());
            System.gc();
            if (mayHaveSecondCompiler(System.getProperty("java.vm.info", ""))) {
                // A class of its own, for Java's management takes megabytes as soon as it is touched.
                trim(new JavaDiagnostics(log));
            } else {
                log.debug("memory: collected what the start has left");
            }
        } catch (InterruptedException e) {
            interrupt();
        }
    }

    /** By HotSpot's word for a Java whose flags leave only its first compiler, or none. */
    static boolean mayHaveSecondCompiler(String vmInfo) {
        return !vmInfo.contains("emulated-client") && !vmInfo.contains("interpreted mode");
    }

    private static void trim(JavaDiagnostics diagnostics) throws InterruptedException {
        diagnostics.leaveOutSecondCompiler();
        diagnostics.trimNativeHeap();
        long inUse = inUse();
        while (true) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            // A large heap, which takes long to collect, may grow by more.
            if (inUse() - inUse > Math.max(MUCH, inUse / 2)) {
                System.gc();
                diagnostics.trimNativeHeap();
                inUse = inUse();
            }
        }
    }

    private static long inUse() {
        Runtime java = Runtime.getRuntime();
        return java.totalMemory() - java.freeMemory();
    }
}
