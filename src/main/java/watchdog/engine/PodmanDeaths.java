package watchdog.engine;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a container on Podman has crashed or was stopped: its events do not tell, but from version 5 on it does when asked.
 *
 * <p>What it says is true of a container that was only sent a signal, too, as HUP, and crashes long after. So that somebody
 * stopped it is believed only of one that was seen from its start on, and was sent none. It is of one stream of events, for
 * between two of them signals are missed, and for the thread that reads it.
 */
final class PodmanDeaths {

    private final Asking asking;
    private final Set<String> unsignalled = new HashSet<>();

    /** Podman, asked about a container by its id. */
    interface Asking {

        /** Whether the container is down because somebody stopped it; empty where it is not down, or that is not known. */
        Optional<Boolean> isStopped(String id);
    }

    PodmanDeaths(Asking asking) {
        this.asking = asking;
    }

    /** The event, and if it is a death that tells not why, what Podman says of that. */
    EngineEvent explained(EngineEvent event) {
        String id = event.id();
        switch (event.action()) {
            case "start" -> unsignalled.add(id);
            case "kill", "destroy" -> unsignalled.remove(id);
            case "die" -> {
                boolean sureOfStop = unsignalled.remove(id);
                return event.tellsWhy()
                        ? event
                        : event.with(asking.isStopped(id)
                                .filter(stopped -> !stopped || sureOfStop)
                                .orElse(null));
            }
            default -> {}
        }
        return event;
    }
}
