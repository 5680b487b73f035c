package watchdog.supervise;

import watchdog.engine.ContainerEngine;
import watchdog.engine.EventStream;

/** An engine that is only made up, whose events come in as signals. */
abstract class EngineOfSignals implements ContainerEngine {

    @Override
    public final String endpoint() {
        return "here";
    }

    @Override
    public final EventStream events() {
        throw new UnsupportedOperationException("events come in as signals");
    }

    @Override
    public final String describe() {
        return "Docker";
    }
}
