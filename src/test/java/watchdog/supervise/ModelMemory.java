package watchdog.supervise;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Remembers stops as the file does, and outlives watchdog as that. */
final class ModelMemory implements StopMemory {

    final Map<String, Instant> stopped = new LinkedHashMap<>();

    @Override
    public boolean recalls(String id, Instant finishedAt) {
        return finishedAt.equals(stopped.get(id));
    }

    @Override
    public void remember(String id, Instant finishedAt) {
        stopped.put(id, finishedAt);
    }

    @Override
    public void forget(String id) {
        stopped.remove(id);
    }

    @Override
    public Set<String> ids() {
        return new HashSet<>(stopped.keySet());
    }
}
