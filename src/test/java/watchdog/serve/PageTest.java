package watchdog.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;
import watchdog.policy.Cause;
import watchdog.policy.ContainerState;
import watchdog.policy.Decision;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.RestartCause;
import watchdog.policy.Status;
import watchdog.report.FactKind;
import watchdog.report.Moment;

/** What the page says; that a browser shows it is for {@code PageIT}. */
class PageTest {

    private static final Duration NOW = Duration.ZERO;
    private static final Pattern NAME = Pattern.compile("<bdi class=\"name\">(.*?)</bdi>");
    private static final Pattern HEADLINE = Pattern.compile("<h1 id=\"headline\" class=\"(.*?)\" .*?>(.*?)</h1>");

    private final DayBench day =
            new DayBench().ago(Duration.ofHours(30)).engine("Docker 28").ago(Duration.ofHours(12));

    private List<String> all(Pattern pattern) {
        return pattern.matcher(day.html())
                .results()
                .map((MatchResult result) -> result.group(result.groupCount()))
                .toList();
    }

    private String headline() {
        return all(HEADLINE).get(0);
    }

    private String row(String name) {
        String html = day.html();
        int begin = html.indexOf("<tr role=\"row\" id=\"row-" + DayBench.id(name));
        assertThat(begin).isPositive();
        return html.substring(begin, html.indexOf("</tr>", begin));
    }

    @Test
    void whatIsWrongComesFirstAndInWords() {
        day.up("ok").up("ill", Health.UNHEALTHY).up("looping").crashLoop("looping");
        day.down(
                "stopped", new Cause.Stop(new Cause.Proof.Sure(null)), 0, new Decision.Leave("an operator stopped it"));
        day.crash("crashed", 3).crash("broken", 1).giveUp("broken", "it crashed with code 1 after 5 tries in a row");
        day.crash("mended", 1)
                .hold("mended")
                .tell(new Fact.Missing(Set.of("absent")))
                .listed();

        assertThat(all(NAME))
                .containsExactly("broken", "absent", "looping", "crashed", "ill", "mended", "stopped", "ok", "Engine");
        assertThat(headline())
                .isEqualTo("Given up: broken. Missing: absent. In a crash loop: looping. Down: crashed."
                        + " Unhealthy: ill. Held and not up: mended.");
    }

    @Test
    void whatTheEngineRestartsItselfIsDownInItsRowAsOnItsLine() {
        day.found("web", Status.of(ContainerState.RESTARTING), new Decision.Leave("the engine is restarting it"));

        assertThat(headline()).isEqualTo("Down: web.");
        assertThat(row("web")).contains("class=\"bad\"", "<rect class=\"down\"");
    }

    @Test
    void manyNamesAreCounted() {
        for (int i = 1; i <= 7; i++) {
            day.crash("c" + i, 1);
        }
        assertThat(headline()).isEqualTo("Down: c1, c2, c3, c4, c5 and 2 more.");
    }

    @Test
    void ofThousandsTheWorstAreShown() {
        for (int i = 0; i < 1001; i++) {
            day.up("c" + i);
        }
        day.crash("z", 1);

        assertThat(all(NAME)).hasSize(1000 + 1).startsWith("z", "c0");
        assertThat(day.html()).contains("Only the first 1000 of 1002 are shown.");
        assertThat(headline()).isEqualTo("Down: z.");
    }

    @Test
    void saysWhenTheLoopIsStuck() {
        Fields fields = new Fields(day.up("web").board.fields());

        assertThat(Headline.of(fields, Duration.ofSeconds(31), List.of()).text())
                .startsWith("Watchdog itself is stuck");
        // Whatever the wall's clock says meanwhile, as when somebody sets it.
        assertThat(day.ago(Duration.ofHours(-3)).html()).doesNotContain("Watchdog itself is stuck");
    }

    @Test
    void saysWhenAllIsWellAndWhenNobodyKnows() {
        assertThat(headline()).isEqualTo("There is nothing to watch.");

        day.up("web");
        assertThat(headline()).startsWith("All is well");

        day.noEngine("connection refused");
        assertThat(headline()).startsWith("The engine does not list its containers: connection refused. ");
        assertThat(new DayBench().html()).contains(">No containers listed yet.</h1>");
    }

    @Test
    void aRowSaysWhatIsSoAndWhy() {
        day.crash("web", 3).hold("web");

        assertThat(row("web"))
                .contains(
                        "class=\"warn\"",
                        "<bdi class=\"name\">web</bdi>",
                        DayBench.id("web").substring(0, 12))
                .contains("<span class=\"state\">exited</span> <em>held</em>", " data-as=\"for\">since 20")
                .contains("it crashed with code 3, and it is held", "nothing, until it is released");
    }

    @Test
    void theLineEndsNowAndBeginsADayAgo() {
        day.ago(Duration.ofHours(18)).up("web").ago(Duration.ofHours(12)).crash("web", 1);
        day.ago(Duration.ofHours(6)).started("web").hold("web").ago(NOW);

        assertThat(row("web"))
                // The end is the full minute that follows.
                .containsPattern(
                        "<rect class=\"up\" x=\"24.93%\" width=\"25.00%\" data-text=\"up from .* to .*, for 6 h\">")
                .containsPattern("<rect class=\"down\" x=\"49.93%\" width=\"25.00%\" data-text=\"down from ")
                .containsPattern("<rect class=\"up\" x=\"74.93%\" width=\"25.07%\" data-text=\"up since .*, held\">")
                .contains("<rect class=\"held\" x=\"74.93%\" width=\"25.07%\">")
                .contains("<use href=\"#note\" x=\"49.93%\"", "<use href=\"#after_crash\" x=\"74.93%\"")
                .contains("<summary>1 start, down 6 h, 3 facts</summary>");
    }

    @Test
    void theListOfFactsBeginsWithTheLast() {
        day.crash("web", 3).startFailed("web", "port is taken", Duration.ofSeconds(2));

        assertThat(row("web"))
                .containsSubsequence(
                        "<li class=\"warn\">",
                        "start failed: port is taken",
                        "<li class=\"info\">",
                        "starting, because");
    }

    @Test
    void whileThereWasNoEngineNothingWasKnown() {
        day.up("web")
                .ago(Duration.ofHours(6))
                .noEngine("gone")
                .ago(Duration.ofHours(3))
                .silentEngine("no answer")
                .ago(Duration.ofHours(1))
                .listed()
                .ago(NOW);

        assertThat(row("web")).contains("<use href=\"#unseen\"></use>");
        assertThat(day.html())
                .containsPattern("<g id=\"unseen\">"
                        + "<rect class=\"gone\" fill=\"url\\(#hatch\\)\" x=\"74.93%\" width=\"12.50%\"></rect>"
                        + "<rect class=\"gone\" fill=\"url\\(#hatch\\)\" x=\"87.43%\" width=\"8.33%\"></rect></g>");
    }

    @Test
    void outagesOfTheEngineAreDrawnOnce() {
        for (int i = 0; i < 10; i++) {
            day.up("c" + i);
        }
        for (int i = 0; i < 200; i++) {
            day.noEngine("gone").listed();
        }

        assertThat(day.html().split("<rect class=\"gone\"", -1)).hasSize(1 + 200 + 1); // one is of the legend
    }

    @Test
    void rowsAreMadeAsTheyAreWritten() {
        for (int i = 0; i < 1000; i++) {
            day.up("c" + i);
        }
        int before = day.readings();

        assertThatThrownBy(() -> day.page.get().body().write(new FullDisk())).hasMessage("full");
        assertThat(day.readings() - before).isBetween(1, 100);
    }

    private static final class FullDisk extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            throw new IOException("full");
        }
    }

    /** So that it is sent once a minute at most if nothing happens. */
    @Test
    void itChangesOnceAMinute() {
        day.crash("web", 1).ago(NOW);
        String html = day.html();

        assertThat(day.ago(Duration.ofSeconds(-20)).html()).isEqualTo(html);
        assertThat(day.ago(Duration.ofMinutes(-1)).html()).isNotEqualTo(html);
    }

    @Test
    void textFromOutsideIsText() {
        String name = "<script>alert('1')</script>&\"\u202Ey";
        day.up(name).tell(new Fact.LabelProblem(day.container(name), "<img src=x onerror=alert(2)>"));
        day.tell(new Fact.Missing(Set.of("${rows}<b>"))).listed();

        assertThat(day.html())
                .doesNotContain("<script>", "<img", "<b>$", "\u202E")
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;\\u202ey")
                .contains("&lt;img src=x onerror=alert(2)&gt;")
                .contains("${rows}&lt;b&gt;");
    }

    @ParameterizedTest
    @CsvSource({
        "up, CRASH, AFTER_CRASH",
        "up, OUT_OF_MEMORY, AFTER_WANT_OF_MEMORY",
        "up, OUTAGE, AFTER_OUTAGE",
        "up, UNHEALTHY, AFTER_ILL_HEALTH",
        "up, UNWITNESSED, START",
        "failed, CRASH, FAILED",
        "went-down, CRASH, FAILED",
        "unknown, CRASH, FAILED",
        "unknown, , NOTE",
        "not-needed, , NOTE",
        "crash-loop, , ALARM",
        "give-up, , ALARM",
        "held, , NOTE"
    })
    void eachStartIsMarkedByItsCause(String what, RestartCause cause, Mark mark) {
        Moment moment =
                new Moment(Instant.EPOCH, Level.INFO, FactKind.of(what).orElseThrow(), Optional.ofNullable(cause), "x");

        assertThat(Mark.of(moment)).isEqualTo(mark);
        assertThat(day.html()).contains("id=\"" + mark.name().toLowerCase(Locale.ROOT) + "\"");
    }

    @Test
    void aTemplateThatIsNotFilledIsRefused() {
        assertThatThrownBy(() -> new Html.Template("<p>${text}</p>").filled(Map.of("txt", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text");
    }

    @Test
    void whatItLoadsIsThere() {
        assertThat(day.page.resources()).containsOnlyKeys("/", "/page.css", "/page.js", "/icon.svg");
        assertThat(day.page.resources().values())
                .extracting(resource -> DayBench.text(resource).length())
                .allMatch(length -> length > 100);
    }
}
