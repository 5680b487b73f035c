package watchdog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An argument, and where it is from.
 *
 * @param place file and line, or null if it is from the command line itself
 */
record Argument(String text, @Nullable String place) {

    /** In bytes. */
    private static final int LONGEST_FILE = 1 << 20;

    /** What Java makes of bytes that are no character in the locale. */
    private static final char UNREADABLE = '\ufffd';

    /** An argument that cannot be read; the message says where it is, and what would be right. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        private UnreadableException(@Nullable String place, String message) {
            super(place == null ? message : place + ": " + message);
        }
    }

    /** The arguments of a command line, those of a file in place of {@code @FILE}. {@code @@} stands for an {@code @}. */
    static List<Argument> all(String... commandLine) throws UnreadableException {
        List<Argument> all = new ArrayList<>();
        String before = "";
        for (String text : commandLine) {
            if (text.indexOf(UNREADABLE) >= 0) {
                throw new UnreadableException(
                        null,
                        withoutSecret(before, text) + ": this locale cannot read all characters of this argument;"
                                + " set LC_ALL=C.UTF-8, or put it into a file after @");
            }
            add(new Argument(text, null), new ArrayDeque<>(), all);
            before = text;
        }
        return List.copyOf(all);
    }

    /** @param before the argument before it, of which it may be the value */
    private static String withoutSecret(String before, String text) {
        if (isOfSecret(text)) {
            return text.replaceFirst("(?s)=.*", "=...");
        }
        return isOfSecret(before) && !text.startsWith("-") ? "..." : text;
    }

    /** Whether that is an option whose value may be a secret, or one misspelt. */
    private static boolean isOfSecret(String option) {
        return option.toLowerCase(Locale.ROOT).startsWith("--web");
    }

    /** @param within the files that this argument is in, the innermost first */
    private static void add(Argument argument, Deque<Path> within, List<Argument> all) throws UnreadableException {
        String text = argument.text();
        if (text.length() < 2 || !text.startsWith("@")) {
            all.add(argument);
        } else if (text.startsWith("@@")) {
            all.add(new Argument(text.substring(1), argument.place()));
        } else {
            Path file = file(argument);
            Path whole = file.toAbsolutePath().normalize();
            if (within.contains(whole)) {
                throw new UnreadableException(argument.place(), text + ": this file includes itself");
            }
            within.push(whole);
            for (Argument inner : words(file, content(file, argument))) {
                add(inner, within, all);
            }
            within.pop();
        }
    }

    private static Path file(Argument argument) throws UnreadableException {
        try {
            return Path.of(argument.text().substring(1));
        } catch (InvalidPathException e) {
            throw cannotRead(argument);
        }
    }

    private static UnreadableException cannotRead(Argument argument) {
        return new UnreadableException(
                argument.place(), argument.text() + ": cannot read this file; name one that holds arguments");
    }

    private static String content(Path file, Argument argument) throws UnreadableException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST_FILE + 1);
        } catch (IOException e) {
            throw cannotRead(argument);
        }
        if (bytes.length > LONGEST_FILE) {
            throw new UnreadableException(argument.place(), argument.text() + ": longer than a megabyte");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        boolean isUtf8 = !UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(in, out, true)
                .isError();
        String read = out.flip().toString();
        if (!isUtf8) {
            int line = 1 + (int) read.chars().filter(c -> c == '\n').count();
            throw new UnreadableException(file + ":" + line, "this line is not UTF-8");
        }
        return read.startsWith("\ufeff") ? read.substring(1) : read;
    }

    /** Takes a file apart as a shell does, but for its expansions; {@code #} begins a comment. */
    private static List<Argument> words(Path file, String content) throws UnreadableException {
        List<Argument> words = new ArrayList<>();
        String[] lines = content.split("\r?\n|\r", -1);
        for (int i = 0; i < lines.length; i++) {
            String place = file + ":" + (i + 1);
            new Line(lines[i], place).words().forEach(word -> words.add(new Argument(word, place)));
        }
        return words;
    }

    /** A line of a file, while it is read. */
    private static final class Line {

        private final String text;
        private final String place;
        private final List<String> words = new ArrayList<>();
        private @Nullable StringBuilder word;
        private int next;

        Line(String text, String place) {
            this.text = text;
            this.place = place;
        }

        List<String> words() throws UnreadableException {
            while (next < text.length() && text.charAt(next) != '#') {
                char c = text.charAt(next++);
                if (Character.isWhitespace(c)) {
                    endWord();
                } else if (c == '\'' || c == '"') {
                    quoted(c);
                } else if (c == '\\' && next < text.length()) {
                    word().append(text.charAt(next++));
                } else {
                    word().append(c);
                }
            }
            endWord();
            return words;
        }

        private StringBuilder word() {
            StringBuilder begun = word == null ? new StringBuilder() : word;
            word = begun;
            return begun;
        }

        private void endWord() {
            if (word != null) {
                words.add(word.toString());
                word = null;
            }
        }

        /** Within double quotes a backslash takes its meaning from what would have one there, and else stays. */
        private void quoted(char quote) throws UnreadableException {
            StringBuilder into = word();
            while (next < text.length()) {
                char c = text.charAt(next++);
                if (c == quote) {
                    return;
                }
                boolean escapes =
                        quote == '"' && c == '\\' && next < text.length() && "\"\\$`".indexOf(text.charAt(next)) >= 0;
                into.append(escapes ? text.charAt(next++) : c);
            }
            throw new UnreadableException(place, "a quote (" + quote + ") is not closed on this line");
        }
    }
}
