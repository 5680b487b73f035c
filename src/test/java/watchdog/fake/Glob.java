package watchdog.fake;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Paths with a {@code *} that stands for anything. */
final class Glob {
    private Glob() {}

    static boolean matches(String glob, String text) {
        String regex = Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return text.matches(regex);
    }
}
