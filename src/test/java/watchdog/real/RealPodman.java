package watchdog.real;

/** Podman's service as the engine, asked through the docker client too: {@code WATCHDOG_TEST_PODMAN} names it. */
public final class RealPodman extends RealEngine {

    public RealPodman() {
        super("WATCHDOG_TEST_PODMAN");
    }

    @Override
    protected RealEngine another() {
        return new RealPodman();
    }
}
