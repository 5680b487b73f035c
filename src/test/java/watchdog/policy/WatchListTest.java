package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is watched, and what of that is missing. */
class WatchListTest {

    private static WatchList watchList(String listed, String excluded) {
        return watchList(listed, "", excluded);
    }

    private static WatchList watchList(String listed, String labels, String excluded) {
        return new WatchList(
                parsed(listed, NamePattern::parse),
                parsed(labels, LabelSelector::parse),
                parsed(excluded, NamePattern::parse));
    }

    private static <T> List<T> parsed(String words, Function<String, T> parser) {
        return Stream.of(words.split(" "))
                .filter(word -> !word.isEmpty())
                .map(parser)
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
        assertThat(watchList(listed, excluded).covers(name, Map.of("keep", "yes")))
                .isEqualTo(covered);
    }

    @ParameterizedTest(name = "list [{0}] label [{1}] not [{2}] covers {3} with {4}: {5}")
    @CsvSource({
        "'',  keep,       '',    db,  keep=,    true",
        "'',  keep,       '',    db,  keep=no,  true",
        "'',  keep,       '',    db,  x=keep,   false",
        "'',  keep=yes,   '',    db,  keep=yes, true",
        "'',  keep=yes,   '',    db,  keep=no,  false",
        "'',  a b,        '',    db,  b=1,      true",
        "'',  keep,       db,    db,  keep=,    false",
        "'',  keep,       d*,    db,  keep=,    false",
        "web, keep,       '',    web, x=1,      true",
        "web, keep,       '',    db,  keep=1,   true",
        "web, keep,       '',    db,  x=1,      false",
        "web, keep,       web,   web, keep=1,   false",
    })
    void coversByLabelBesideOrInsteadOfTheList(
            String listed, String labels, String excluded, String name, String label, boolean covered) {
        String[] keyAndValue = label.split("=", -1);

        assertThat(watchList(listed, labels, excluded).covers(name, Map.of(keyAndValue[0], keyAndValue[1])))
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "'',      '',   '',      true",
        "web,     '',   '',      false",
        "web,     '',   web,     true",
        "web,     '',   w*,      true",
        "web,     '',   api,     false",
        "web api, '',   web api, true",
        "web api, '',   web,     false",
        "w*,      '',   w*,      true",
        "w*,      '',   *,       true",
        "w* db,   '',   db w*,   true",
        "w* db,   '',   w*,      false",
        "w*,      '',   web,     false",
        "w*,      '',   w?,      false",
        "'',      keep, '',      false",
        "web,     keep, web,     false",
    })
    void isEmptyWhereNothingIsLeftOfIt(String listed, String labels, String excluded, boolean empty) {
        assertThat(watchList(listed, labels, excluded).isEmpty()).isEqualTo(empty);
    }

    @Test
    void needsTheLabelsThatItLooksFor() {
        WatchList watchList = new WatchList(List.of(), List.of(LabelSelector.parse("team=a")), List.of());
        assertThat(watchList.needs("team")).isTrue();
        assertThat(watchList.needs("teams")).isFalse();
    }

    /** Containers of these names, each with the label {@code keep=NAME}. */
    private static List<Container> containers(String... names) {
        return Stream.of(names)
                .map(name -> new Container(
                        "1f".repeat(32), name, Status.of(ContainerState.RUNNING), Setup.of(Map.of("keep", name))))
                .toList();
    }

    @Test
    void whatMatchesNothingIsMissingInTheOrderOfTheList() {
        assertThat(watchList("zeta web alpha job-* api", "").missingFrom(containers("api", "web-1", "other")))
                .containsExactly("zeta", "web", "alpha", "job-*");
    }

    @Test
    void nothingIsMissingWhereEachMatches() {
        assertThat(watchList("web job-*", "").missingFrom(containers("job-7", "web")))
                .isEmpty();
    }

    @Test
    void aNameListedTwiceIsMissingOnce() {
        assertThat(watchList("web api web", "").missingFrom(containers())).containsExactly("web", "api");
    }

    @Test
    void whatIsExcludedIsNotMissed() {
        assertThat(watchList("web api job-1", "web job-*").missingFrom(containers()))
                .containsExactly("api");
        assertThat(watchList("job-* api-*", "job-*").missingFrom(containers())).containsExactly("api-*");
        assertThat(watchList("job-* api", "*").missingFrom(containers())).isEmpty();
    }

    @Test
    void aLabelThatNoContainerHasIsMissingAfterTheNames() {
        WatchList watchList = watchList("api", "tier keep=web keep=db keep", "");

        assertThat(watchList.missingFrom(containers("web"))).containsExactly("api", "label tier", "label keep=db");
    }

    @Test
    void theFirstContainerForWhatWasMissingIsTheOneThatAppeared() {
        WatchList watchList = watchList("web job-*", "keep=db", "");
        List<Container> there = containers("db", "job-2", "job-1", "web");

        assertThat(watchList.firstFor("web", there)).contains(there.get(3));
        assertThat(watchList.firstFor("job-*", there)).contains(there.get(1));
        assertThat(watchList.firstFor("label keep=db", there)).contains(there.get(0));
    }

    @Test
    void thereIsNoneForWhatIsNotOnTheListAtAll() {
        WatchList watchList = watchList("web", "keep=db", "");

        assertThat(watchList.firstFor("db", containers("db"))).isEmpty();
        assertThat(watchList.firstFor("keep=db", containers("db"))).isEmpty();
        assertThat(watchList.firstFor("label keep", containers("db"))).isEmpty();
        assertThat(watchList.firstFor("web", List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "web, '', '', web",
        "web api, '', '', 'web, api'",
        "*, '', api, * but not api",
        "web-* db, '', web-1 web-2, 'web-*, db but not web-1, web-2'",
        "'', keep, '', label keep",
        "web, keep=yes other, db, 'web, label keep=yes, label other but not db'",
    })
    void readsAsAnOperatorWouldSayIt(String listed, String labels, String excluded, String words) {
        assertThat(watchList(listed, labels, excluded)).hasToString(words);
    }

    @Test
    void doesNotCoverWhatHasNoName() {
        WatchList all = new WatchList(List.of(NamePattern.parse("*")), List.of(LabelSelector.parse("keep")), List.of());

        assertThat(all.covers("", Map.of("keep", "yes"))).isFalse();
        assertThat(all.covers("web", Map.of())).isTrue();
    }
}
