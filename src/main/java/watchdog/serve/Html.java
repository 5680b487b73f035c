package watchdog.serve;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import watchdog.report.OneLine;

/** A piece of HTML, which only a template makes: whatever else is put into that is text, and is escaped. */
final class Html {

    static final Html NOTHING = new Html("");

    private final String source;

    private Html(String source) {
        this.source = source;
    }

    /** One after the other. */
    static Html joined(Stream<Html> pieces) {
        StringBuilder all = new StringBuilder();
        pieces.forEach(piece -> all.append(piece.source));
        return new Html(all.toString());
    }

    @Override
    public String toString() {
        return source;
    }

    /** HTML of watchdog's own with places of the form <code>${name}</code>, each in the text of an element or in a quoted attribute. */
    static final class Template {

        private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

        /** What stands before each place, and after the last one. */
        private final List<String> literals = new ArrayList<>();

        private final List<String> names = new ArrayList<>();

        Template(String source) {
            Matcher place = PLACE.matcher(source);
            int end = 0;
            while (place.find()) {
                literals.add(source.substring(end, place.start()));
                names.add(place.group(1));
                end = place.end();
            }
            literals.add(source.substring(end));
        }

        /** Reads one from the file of that name. */
        static Template read(String file) {
            return new Template(PageFile.text(file));
        }

        /**
         * With a value in each place: HTML as it is, and of everything else its text.
         *
         * @throws IllegalArgumentException if there is none for a place
         */
        Html filled(Map<String, ?> values) {
            StringBuilder all = new StringBuilder(literals.get(0));
            for (int i = 0; i < names.size(); i++) {
                append(value(i, values), all);
                all.append(literals.get(i + 1));
            }
            return new Html(all.toString());
        }

        /** Writes the same, where a value may also be a stream of HTML, whose pieces are made one after the other as they are written. */
        void write(Map<String, ?> values, Writer out) throws IOException {
            out.write(literals.get(0));
            for (int i = 0; i < names.size(); i++) {
                if (value(i, values) instanceof Stream<?> pieces) {
                    for (Iterator<?> left = pieces.iterator(); left.hasNext(); ) {
                        out.write(source(left.next()));
                    }
                } else {
                    out.write(source(value(i, values)));
                }
                out.write(literals.get(i + 1));
            }
        }

        private static String source(Object value) {
            StringBuilder source = new StringBuilder();
            append(value, source);
            return source.toString();
        }

        private Object value(int place, Map<String, ?> values) {
            Object value = values.get(names.get(place));
            if (value == null) {
                throw new IllegalArgumentException("nothing for " + names.get(place));
            }
            return value;
        }

        private static void append(Object value, StringBuilder all) {
            if (value instanceof Html html) {
                all.append(html.source);
                return;
            }
            String text = OneLine.of(value.toString());
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '&' -> all.append("&amp;");
                    case '<' -> all.append("&lt;");
                    case '>' -> all.append("&gt;");
                    case '"' -> all.append("&quot;");
                    case '\'' -> all.append("&#39;");
                    default -> all.append(c);
                }
            }
        }
    }
}
