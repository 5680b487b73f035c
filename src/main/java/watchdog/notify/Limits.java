package watchdog.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

/** How long a text may be that a service shows as a message. */
final class Limits {

    /** Discord takes no longer one, in characters. */
    private static final int CHARACTERS = 2000;

    /** Ntfy takes 4,096, in bytes of UTF-8. */
    private static final int BYTES = 4000;

    /** There are three of them in a message, and what is not ASCII is {@code \}{@code u00fc} there. */
    private static final int IN_JSON = 6000;

    private static final int ESCAPED = 6;

    private Limits() {}

    /** Its beginning, so far as it fits. */
    static String fitting(String text) {
        String fitting = cut(text, CHARACTERS);
        while (!fits(fitting)) {
            fitting = cut(fitting, fitting.length() * 9 / 10);
        }
        return fitting;
    }

    static boolean fits(String text) {
        return text.length() <= CHARACTERS
                && text.getBytes(UTF_8).length <= BYTES
                && text.chars().map(Limits::lengthInJson).sum() <= IN_JSON;
    }

    private static int lengthInJson(int character) {
        if (character < ' ' || character > '~') {
            return ESCAPED;
        }
        return character == '"' || character == '\\' ? 2 : 1;
    }

    /** The same, or its beginning and {@code ...}, if it has more characters than that. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 3;
        boolean isWithinPair = Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, isWithinPair ? end - 1 : end) + "...";
    }
}
