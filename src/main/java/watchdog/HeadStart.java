package watchdog;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import watchdog.http.Endpoint;

/**
 * Has ready what the first request takes, beside the thread that reads the command line. Without lambdas and streams, whose
 * first use takes Java so long that it is better done beside this than before it begins.
 */
final class HeadStart extends Thread {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> NO_REQUEST = Set.of("-h", "--help", "-V", "--version");

    private HeadStart() {
        super("head start");
        setDaemon(true);
    }

    /** Begins, unless the words of the command line, not yet understood, show that there is nothing to connect to. */
    static void begin(String[] args, Map<String, String> environment) {
        boolean needed = !environment.getOrDefault("DOCKER_HOST", "").contains("tcp://");
        for (String arg : args) {
            needed &= !NO_REQUEST.contains(arg) && !arg.contains("tcp://");
        }
        if (needed) {
            HeadStart headStart = new HeadStart();
            headStart.start();
            Runtime.getRuntime().addShutdownHook(headStart.new End());
        }
    }

    @Override
    public void run() {
        Endpoint.prepare();
    }

    /** A native library that is still being unpacked when the process ends would be left behind. */
    private final class End extends Thread {

        End() {
            super("head start's end");
        }

        @Override
        public void run() {
            try {
                HeadStart.this.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                interrupt();
            }
        }
    }
}
