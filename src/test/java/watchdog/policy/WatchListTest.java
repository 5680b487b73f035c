package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchListTest {

    private static WatchList watchList(String listed, String excluded) {
        return new WatchList(patterns(listed), patterns(excluded));
    }

    private static List<NamePattern> patterns(String names) {
        return Stream.of(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(NamePattern::parse)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "web,     '',    web,    true",
        "web,     '',    web2,   false",
        "web,     '',    we,     false",
        "web,     '',    my-web, false",
        "web,     '',    Web,    false",
        "web api, '',    api,    true",
        "web api, '',    webapi, false",
        "web-*,   '',    web-1,  true",
        "web-*,   '',    web,    false",
        "*,       '',    any,    true",
        "*,       api,   api,    false",
        "*,       api,   api-2,  true",
        "*,       api-*, api-2,  false",
        "web,     web,   web,    false",
        "web api, db,    web,    true",
        "*,       a b,   a,      false",
        "*,       a b,   b,      false",
        "'',      '',    web,    false",
    })
    void coversWhatIsListedAndNotExcluded(String listed, String excluded, String name, boolean covered) {
        assertThat(watchList(listed, excluded).covers(name)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "web,       '',      false",
        "web,       web,     true",
        "web,       w*,      true",
        "web api,   web,     false",
        "web api,   api web, true",
        "web-*,     web-1,   false",
        "web-*,     web-?,   false",
        "web-* api, api,     false",
        "'',        '',      true",
    })
    void isEmptyWhereAllThatIsListedIsExcluded(String listed, String excluded, boolean empty) {
        assertThat(watchList(listed, excluded).isEmpty()).isEqualTo(empty);
    }

    @Test
    void whatMatchesNothingIsMissingInTheOrderOfTheList() {
        assertThat(watchList("zeta web alpha job-* api", "").missingFrom(List.of("api", "web-1", "other")))
                .containsExactly("zeta", "web", "alpha", "job-*");
    }

    @Test
    void nothingIsMissingWhereEachMatches() {
        assertThat(watchList("web job-*", "").missingFrom(List.of("job-7", "web")))
                .isEmpty();
    }

    @Test
    void aNameListedTwiceIsMissingOnce() {
        assertThat(watchList("web api web", "").missingFrom(List.of())).containsExactly("web", "api");
    }

    @Test
    void whatIsExcludedIsNotMissed() {
        assertThat(watchList("web api job-1", "web job-*").missingFrom(List.of()))
                .containsExactly("api");
    }

    @ParameterizedTest
    @CsvSource({
        "web, '', web",
        "web api, '', 'web, api'",
        "*, api, * but not api",
        "web-* db, web-1 web-2, 'web-*, db but not web-1, web-2'",
    })
    void readsAsAnOperatorWouldSayIt(String listed, String excluded, String words) {
        assertThat(watchList(listed, excluded)).hasToString(words);
    }
}
