package watchdog.report;

import java.util.HexFormat;

/** Text from outside as one line of bounded length, in which nothing acts on a terminal or on what reads lines. */
public final class OneLine {

    /** How long a line can become, in characters. */
    public static final int LONGEST = 4000;

    private static final String CUT = "...";

    private OneLine() {}

    /**
     * The text with one blank for white space and line ends of all kinds, and none at its ends; with {@code \}{@code u202e}
     * and the like, as Java writes it, for what cannot be printed; and with {@code ...} where it is cut.
     */
    public static String of(String text) {
        StringBuilder line = new StringBuilder();
        int cut = 0;
        boolean blank = false;
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (isBlank(codePoint)) {
                blank = !line.isEmpty();
                continue;
            }
            if (blank) {
                line.append(' ');
                blank = false;
            }
            append(codePoint, line);
            if (line.length() > LONGEST) {
                line.setLength(cut);
                return line.append(CUT).toString();
            }
            if (line.length() <= LONGEST - CUT.length()) {
                cut = line.length();
            }
        }
        return line.toString();
    }

    /** Java does not take all spaces (no-break space) and all line ends (U+0085) for white space. */
    private static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == '\u0085';
    }

    private static void append(int codePoint, StringBuilder line) {
        if (isPrintable(codePoint)) {
            line.appendCodePoint(codePoint);
            return;
        }
        for (char unit : Character.toChars(codePoint)) {
            line.append("\\u").append(HexFormat.of().toHexDigits(unit));
        }
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
