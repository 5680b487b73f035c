package watchdog.report;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Decision;
import watchdog.policy.Down;
import watchdog.policy.Health;
import watchdog.policy.Hold;
import watchdog.policy.Life;
import watchdog.policy.Operation;
import watchdog.policy.Standing;
import watchdog.policy.Up;

/**
 * How a container stands, as fields for JSON.
 *
 * @param toWallClock from the loop's clock
 */
record StandingFields(Standing standing, Duration toWallClock) {

    Map<String, @Nullable Object> all() {
        Life life = standing.life();
        Decision decision = standing.decision();
        Hold hold = standing.hold();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", life.name());
        fields.put("id", life.id());
        fields.put("state", life.state().toString());
        fields.put("health", health(life));
        fields.put("phase", life.phase().getClass().getSimpleName().toLowerCase(Locale.ROOT));
        fields.put("since", since(life));
        fields.put("standing", Span.State.of(standing).toString().toLowerCase(Locale.ROOT));
        fields.put("well", standing.isWell());
        fields.put("doing", doing(life.operation()));
        fields.put("action", InWords.verb(decision));
        fields.put("why", decision.reason());
        fields.put("nextTry", nextTry(decision));
        fields.put("backoffSeconds", standing.backoff().toMillis() / 1000.0);
        fields.put("starts", life.attempts().starts().count());
        fields.put("restarts", life.attempts().restarts().count());
        fields.put("crashLoop", life.telling().crashLoop());
        fields.put("givenUp", decision.kind() == Decision.Kind.GIVE_UP);
        fields.put("held", hold != null);
        fields.put(
                "heldUntil",
                hold == null || hold.until() == null ? null : hold.until().toString());
        return fields;
    }

    private static @Nullable String health(Life life) {
        Health health = life.phase().status().health();
        return health == Health.NONE ? null : health.toString();
    }

    private @Nullable String since(Life life) {
        if (life.phase() instanceof Up up) {
            // By the engine's clock, and not since watchdog has seen it.
            return up.startedAt() == null
                    ? wallClock(up.since())
                    : up.startedAt().toString();
        }
        return life.phase() instanceof Down down ? wallClock(down.since()) : null;
    }

    private static @Nullable String doing(@Nullable Operation operation) {
        return operation == null
                ? null
                : operation.work() + ": "
                        + operation.step().toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private @Nullable String nextTry(Decision decision) {
        return decision instanceof Decision.Wait wait ? wallClock(wait.until()) : null;
    }

    private String wallClock(Instant ofTheLoop) {
        return ofTheLoop.plus(toWallClock).toString();
    }
}
