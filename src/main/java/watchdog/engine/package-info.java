/** The engine in the policy's words: {@link watchdog.engine.ContainerEngine}; the only place that knows JSON. */
@NullMarked
package watchdog.engine;

import org.jspecify.annotations.NullMarked;
