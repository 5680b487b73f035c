package watchdog.policy;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A container's name, or a glob over names in which {@code *} stands for any characters and {@code ?} for one.
 *
 * <p>Docker's names are letters, digits, {@code _}, {@code .} and {@code -}, beginning with a letter or a digit; Podman's
 * likewise, down to a single character.
 */
public final class NamePattern {

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9*?][a-zA-Z0-9_.*?-]*");

    private final String text;
    private final Pattern regex;

    private NamePattern(String text) {
        this.text = text;
        this.regex = Pattern.compile(text.replace(".", "\\.").replace("*", ".*").replace('?', '.'));
    }

    /**
     * Reads a name or a glob; blanks around it and a slash before it are forgiven.
     *
     * @throws IllegalArgumentException if no container can have such a name
     */
    public static NamePattern parse(String given) {
        String text = given.strip();
        if (text.startsWith("/")) {
            text = text.substring(1);
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty name; use names separated by single commas, as in web,api");
        }
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("no container can have this name; use letters, digits, '_', '.' and '-',"
                    + " the first a letter or a digit, with * and ? as wildcards");
        }
        return new NamePattern(text);
    }

    /** Whether it is that name, or a glob that covers it whole. */
    public boolean matches(String name) {
        return isGlob() ? regex.matcher(name).matches() : text.equals(name);
    }

    public boolean isGlob() {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamePattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
