package watchdog.fake;

import java.time.Instant;
import java.util.Map;

/** A container event; attributes are strings and hold the container's labels, image and name. */
record Event(String action, String id, Map<String, String> attributes, Instant at) {

    /** The line of the stream; {@code status}, {@code id} and {@code from} are gone from API 1.52 on. */
    byte[] line(boolean withOldFields) {
        Map<String, Object> fields = Json.object();
        if (withOldFields) {
            fields.put("status", action);
            fields.put("id", id);
            fields.put("from", attributes.getOrDefault("image", ""));
        }
        fields.put("Type", "container");
        fields.put("Action", action);
        fields.put("Actor", Json.object("ID", id, "Attributes", attributes));
        fields.put("scope", "local");
        fields.put("time", at.getEpochSecond());
        fields.put("timeNano", at.getEpochSecond() * 1_000_000_000L + at.getNano());
        return Json.line(fields);
    }
}
