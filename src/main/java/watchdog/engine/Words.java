package watchdog.engine;

import java.util.regex.Pattern;

/** Words of the other side, made fit for one line of a log or a table. */
final class Words {

    /** Room for what runc says of a mount, which names the cause last. */
    private static final int MOST_CHARACTERS = 1000;

    private static final Pattern LINE_BREAKING = Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+");

    private Words() {}

    /** Whether nothing needs to be done, as of nearly all that an engine says. */
    private static boolean isPlain(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
                return false;
            }
            before = c;
        }
        return before != ' ' && text.length() <= MOST_CHARACTERS;
    }

    /** The same in one line, and cut if it is long. */
    static String inOneLine(String text) {
        if (isPlain(text)) {
            return text;
        }
        String line = LINE_BREAKING.matcher(text).replaceAll(" ").strip();
        if (line.length() <= MOST_CHARACTERS) {
            return line;
        }
        boolean withinPair = Character.isHighSurrogate(line.charAt(MOST_CHARACTERS - 1));
        return line.substring(0, withinPair ? MOST_CHARACTERS - 1 : MOST_CHARACTERS) + "...";
    }
}
