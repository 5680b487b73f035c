package watchdog.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The status line and the headers of an answer (RFC 9112, 4 and 5).
 *
 * @param headers by name in lower case; of a header given twice, the values joined by a comma
 */
record ResponseHead(int status, Map<String, String> headers) {

    static final int LONGEST_LINE = 8 * 1024;
    static final int MOST_HEADERS = 100;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})(?: [^\r]*)?");
    /** What the name of a header may have, in lower case (RFC 9110, 5.6.2). */
    private static final String TOKEN = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz";

    /**
     * Reads up to and including the empty line.
     *
     * @throws MalformedResponseException where that is not what comes
     */
    static ResponseHead read(InputStream in) throws IOException {
        String first = line(in, "status line");
        Matcher statusLine = STATUS_LINE.matcher(first);
        if (!statusLine.matches()) {
            throw new MalformedResponseException("not an HTTP status line: '" + excerpt(first) + "'");
        }
        Map<String, String> headers = new TreeMap<>();
        int count = 0;
        for (String line = line(in, "header"); !line.isEmpty(); line = line(in, "header")) {
            String name = line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
            if (!isToken(name) || line.indexOf('\r') >= 0) {
                throw new MalformedResponseException("not an HTTP header: '" + excerpt(line) + "'");
            }
            if (count++ == MOST_HEADERS) {
                throw new MalformedResponseException("more than " + MOST_HEADERS + " headers");
            }
            headers.merge(name, value(line, name.length() + 1), (a, b) -> a + ", " + b);
        }
        return new ResponseHead(Integer.parseInt(statusLine.group(1)), Collections.unmodifiableMap(headers));
    }

    /** What is from there on, without the blanks and tabs around it, which alone do not belong to a value. */
    private static String value(String line, int from) {
        int begin = from;
        int end = line.length();
        while (begin < end && isBlank(line.charAt(begin))) {
            begin++;
        }
        while (begin < end && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(begin, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (TOKEN.indexOf(name.charAt(i)) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** The value of that header, its name in lower case, or null. */
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** A line without its end, which is CRLF or, from lenient servers, LF. */
    static String line(InputStream in, String what) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new MalformedResponseException("the answer ended within its " + what);
            }
            if (line.size() == LONGEST_LINE) {
                throw new MalformedResponseException("the " + what + " is longer than " + LONGEST_LINE + " bytes");
            }
            line.write(b);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** What can be shown of it in one line. */
    static String excerpt(String line) {
        String printable = line.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= 60 ? printable : printable.substring(0, 60) + "...";
    }
}
