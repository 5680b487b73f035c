package watchdog.real;

import java.util.Optional;

/**
 * A real Docker engine that watchdog reaches only through a proxy, as {@code src/scripts/proxy} brings it; the docker
 * client goes straight to the engine.
 */
public final class ProxiedEngine extends RealEngine {

    private static final String FOLDER = "WATCHDOG_TEST_PROXY";

    @Override
    protected RealEngine another() {
        return new ProxiedEngine();
    }

    @Override
    protected boolean isThere() {
        return super.isThere() && named(FOLDER).isPresent();
    }

    /** Lets through what watchdog needs, and nothing else. */
    @Override
    public String host() {
        return way("needed");
    }

    /** One of the proxy's ways in, as {@code no-events}. */
    public String way(String name) {
        Optional<String> folder = named(FOLDER);
        return "unix://" + folder.orElseThrow(() -> new AssertionError("no proxy: src/scripts/test brings one")) + "/"
                + name + ".sock";
    }
}
