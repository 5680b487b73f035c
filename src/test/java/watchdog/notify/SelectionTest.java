package watchdog.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.report.FactKind;

/** What {@code --notify} may say. */
class SelectionTest {

    /** The table of behaviour.md, which tells each kind of fact, without those that only the level debug shows. */
    @Test
    void knowsEachKindOfFact() throws IOException {
        Set<String> kinds = new TreeSet<>();
        Pattern word = Pattern.compile("`([a-z-]+)`");
        Files.readAllLines(Path.of("src/docs/behaviour.md")).stream()
                .dropWhile(line -> !line.startsWith("| `what` | is told when"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|", -1)[1])
                .forEach(cell -> word.matcher(cell)
                        .results()
                        .map(MatchResult::group)
                        .forEach(kind -> kinds.add(kind.replace("`", ""))));
        kinds.removeAll(Set.of("listed", "events-begun", "events-ended"));

        assertThat(Selection.KINDS).extracting(FactKind::toString).containsExactlyInAnyOrderElementsOf(kinds);
    }

    @Test
    void allIsEachKind() {
        assertThat(Selection.parse("all").kinds()).isEqualTo(Selection.KINDS);
        assertThat(Selection.parse("all").problems()).isFalse();
    }

    @Test
    void problemsAndKindsGoTogether() {
        assertThat(Selection.parse("problems,up,held"))
                .isEqualTo(new Selection(true, Set.of(FactKind.UP, FactKind.HELD)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "problem", "up,", "Up", " up", "listed", "none"})
    void whatIsNoKindIsNamedWithThoseThatAre(String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selection.parse(words))
                .withMessageStartingWith(
                        "'" + words.replace("up,", "") + "': use problems, all, or some of appeared, ");
    }
}
