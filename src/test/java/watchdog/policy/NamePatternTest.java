package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "web, web",
        "' web ', web",
        "'\tweb', web",
        "/web, web",
        "' /web', web",
        "w, w",
        "7, 7",
        "Web_1.2-x, Web_1.2-x",
        "web-, web-",
        "web-*, web-*",
        "*, *",
        "?, ?",
        "*-db, *-db",
    })
    void readsNamesAndGlobs(String given, String text) {
        assertThat(NamePattern.parse(given)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "/", " / "})
    void refusesEmptyNames(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamePattern.parse(given))
                .withMessageStartingWith("empty name; ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-web",
                ".web",
                "_web",
                "a b",
                "a/b",
                "//web",
                "/ web",
                "web/",
                "web,api",
                "web;",
                "we$b",
                "web(1)",
                "[ab]",
                "{a,b}",
                "a|b",
                "a\\.b",
                "a+",
                "^web",
                "wéb",
                "web\napi",
                "web\0",
                "*/web",
                "web:1",
                "web@1"
            })
    void refusesNamesThatNoContainerCanHave(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamePattern.parse(given))
                .withMessageStartingWith("no container can have this name; use ");
    }

    @ParameterizedTest
    @CsvSource({
        "web, web, true",
        "web, web2, false",
        "web, myweb, false",
        "web, web-1, false",
        "web, we, false",
        "web, '', false",
        "web, Web, false",
        "Web, web, false",
        "web, /web, false",
        "web, 'web ', false",
    })
    void aNameMatchesItselfOnly(String pattern, String name, boolean matches) {
        assertThat(NamePattern.parse(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, a.b, true",
        "a.b, axb, false",
        "a.*, a.b, true",
        "a.*, axb, false",
        "a.?, a.b, true",
        "a.?, axb, false",
        "a.b.c, a.b-c, false",
        "a-z, a-z, true",
        "a-z, m, false",
    })
    void aDotAndADashAreNothingButThemselves(String pattern, String name, boolean matches) {
        assertThat(NamePattern.parse(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "*, web, true",
        "*, w, true",
        "web-*, web-1, true",
        "web-*, web-, true",
        "web-*, web-a-b.c, true",
        "web-*, web, false",
        "web-*, my-web-1, false",
        "*-db, shop-db, true",
        "*-db, shop-db-1, false",
        "*-db, -db, true",
        "a*c, ac, true",
        "a*c, abc, true",
        "a*c, abcd, false",
        "a*b*c, a-b-c, true",
        "a*b*c, a-c-b, false",
        "web?, web1, true",
        "web?, web, false",
        "web?, web12, false",
        "?eb, web, true",
        "??, ab, true",
        "??, a, false",
        "a?*, a, false",
        "a?*, abc, true",
        "web-*, Web-1, false",
    })
    void aGlobCoversTheWholeName(String pattern, String name, boolean matches) {
        assertThat(NamePattern.parse(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "web, false",
        "a.b-c_d, false",
        "web-*, true",
        "*, true",
        "web?, true",
        "?, true",
        "?eb, true",
        "*eb, true"
    })
    void knowsWhetherItIsAGlob(String pattern, boolean glob) {
        assertThat(NamePattern.parse(pattern).isGlob()).isEqualTo(glob);
    }

    @Test
    void isTheSameAsAnotherOfTheSameText() {
        NamePattern web = NamePattern.parse("web");

        assertThat(web).isEqualTo(NamePattern.parse(" /web ")).hasSameHashCodeAs(NamePattern.parse(" /web "));
        assertThat(web).isNotEqualTo(NamePattern.parse("we*")).isNotEqualTo("web");
    }

    @Test
    void noNameAcrossTwoLinesIsCovered() {
        assertThat(NamePattern.parse("*").matches("web\napi")).isFalse();
    }
}
