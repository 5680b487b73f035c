package watchdog.notify;

import java.util.Map;

/**
 * What a target is given.
 *
 * @param json one object
 * @param variables the first fact and the message in short, by the names of environment variables
 */
record Message(String json, Map<String, String> variables) {}
