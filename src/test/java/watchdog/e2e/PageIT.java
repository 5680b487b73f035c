package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import watchdog.Eventually;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.real.Browser;
import watchdog.real.WatchdogProcess;
import watchdog.report.OneLine;

/**
 * The page of a jar that runs as a process of its own, in a real browser. With {@code -Dwatchdog.test.pictures=FOLDER} it
 * leaves pictures there.
 */
class PageIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int TAB = 9;
    private static final int ESCAPE = 27;
    private static final int LEFT = 37;

    /** Without a slash, for what has one is taken for an alias. */
    private static final String EVIL = "<script>alert(1)<img src=x onerror=alert(2)>\"'&\u202Eterces";

    @TempDir
    private static Path folder;

    private static FakeEngine engine;
    private static FakeContainer web;
    private static Browser browser;
    private static int port;

    @BeforeAll
    static void begin() throws IOException {
        browser = Browser.open(Files.createDirectory(folder.resolve("browser")));
        engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"));
        web = add("web");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @AfterAll
    static void end() {
        browser.close();
        engine.close();
    }

    private static FakeContainer add(String name) {
        return engine.add(name, container -> container.running().label("watch", "yes"));
    }

    private static WatchdogProcess watch() {
        return WatchdogProcess.start(
                "--label=watch=yes",
                "--list=absent",
                "--time=200ms",
                "--backoff=100ms..200ms",
                "--crash-loop=3/10m",
                "--give-up-after=4",
                "--http=" + port,
                "--run=" + folder.resolve("run"),
                "--host=" + engine.host());
    }

    private static String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    private static void visit() {
        Eventually.within(LIMIT, "it is served", () -> get("healthz").equals("the loop turns\n"));
        browser.visit(address());
    }

    private static String get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address() + path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void picture(String name) {
        String pictures = System.getProperty("watchdog.test.pictures");
        if (pictures == null) {
            return;
        }
        try {
            Files.write(Path.of(pictures, name + ".png"), browser.picture());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitPage(String expression) {
        Eventually.within(LIMIT, expression, () -> browser.evaluate(expression), "true"::equals);
    }

    /** The same, but that the page asks at once: that it asks by itself has been seen by then. */
    private static void awaitAsked(String expression) {
        Eventually.within(LIMIT, expression, () -> browser.evaluate("void ask(); " + expression), "true"::equals);
    }

    /** The row of that name, as JavaScript finds it. */
    private static String row(String name) {
        return "[...document.querySelectorAll('#rows tr')].find(row => row.querySelector('.name').textContent === '"
                + name + "')";
    }

    /** A line for each row: name, state and why. */
    private static List<String> shown() {
        String lines =
                browser.evaluate("[...document.querySelectorAll('#rows tr')].map(row => ['.name', '.state', '.why']"
                        + ".map(part => row.querySelector(part).textContent).join(' | ')).join('\\n')");
        return lines.lines().sorted().toList();
    }

    private static List<String> status() throws IOException, InterruptedException {
        JsonNode status = JsonMapper.shared().readTree(get("status.json"));
        List<String> lines = new ArrayList<>();
        for (JsonNode container : status.path("containers")) {
            String health = container.path("health").stringValue("");
            lines.add(OneLine.of(container.path("name").stringValue()) + " | "
                    + container.path("state").stringValue() + (health.isEmpty() ? "" : " (" + health + ")") + " | "
                    + container.path("why").stringValue());
        }
        for (JsonNode missing : status.path("missing")) {
            lines.add(missing.stringValue() + " | missing | there is no such container");
        }
        return lines.stream().sorted().toList();
    }

    @Test
    void showsWhatIsSo() throws Exception {
        FakeContainer looping = add("looping").diesAfterStart(1, Duration.ofMillis(20));
        FakeContainer failing = add("failing").startFailsWith(500, "<b>port</b> is taken");
        add("held");
        engine.add(
                EVIL, its -> its.running().label("watch", "yes").label("watchdog.settle", "<script>alert(3)</script>"));
        try (WatchdogProcess watchdog = watch()) {
            watchdog.awaitLine("INFO connected to ", LIMIT);
            Files.createDirectories(folder.resolve("run/hold"));
            Files.createFile(folder.resolve("run/hold/held"));
            browser.size(1280, 900);
            visit();
            web.crash(3);
            looping.crash(1);
            failing.crash(1);

            watchdog.awaitLine("ERROR looping .*giving up", LIMIT);
            awaitPage(row("web") + ".querySelectorAll('use[href=\"#after_crash\"]').length === 1");
            awaitPage(row("failing") + ".querySelectorAll('use[href=\"#failed\"]').length > 2");
            awaitPage(row("held") + ".querySelectorAll('rect.held').length === 1");
            Eventually.within(LIMIT, "what is shown is what is so", () -> shown().equals(status()));
            assertThat(shown())
                    .contains(
                            "absent | missing | there is no such container",
                            "web | running | it is running",
                            "held | running | it is running, and it is held",
                            OneLine.of(EVIL) + " | running | it is running");
            assertThat(browser.evaluate("document.getElementById('headline').textContent"))
                    .matches("Given up: looping\\. Missing: absent\\..*");
            assertThat(browser.evaluate(row("looping") + ".querySelector('td:nth-child(2)').textContent"))
                    .startsWith("exited given up crash loop for ");
            assertThat(browser.evaluate(row("failing") + ".querySelector('li.warn').textContent"))
                    .contains("start failed: ", "<b>port</b> is taken");
            assertThat(browser.evaluate("document.querySelectorAll('script, b, img').length"))
                    .isEqualTo("2");
            picture("light");
            browser.dark(true);
            picture("dark");
            browser.dark(false);
            browser.size(390, 1600);
            picture("telephone");
            assertThat(browser.evaluate("document.documentElement.scrollWidth"))
                    .as("nothing is wider than the telephone")
                    .isEqualTo("390");
            theWordsAreOnTheScreen();
            browser.size(1280, 900);

            factsAreShownByKeyboardAndUnderThePointer();
            theFilterLeavesOut();
            whatChangesIsChangedInPlace();
            anOutageOfTheEngineIsTold();
            touchIsLostAndFound();
            assertThat(browser.complaints()).isEmpty();

            browser.scripts(false);
            browser.visit(address() + "?");
            assertThat(
                            browser.evaluate(
                                    "document.getElementById('filtering').hidden + ' ' + document.querySelectorAll('#rows tr time').length"))
                    .startsWith("true ");
            Eventually.within(LIMIT, "the same without scripts", () -> shown().equals(status()));
            picture("no-script");
            browser.scripts(true);
            browser.visit(address());
            assertThat(browser.complaints()).isEmpty();
        }
        awaitPage("document.getElementById('touch').textContent.startsWith('Lost touch with watchdog')");
        picture("lost");
    }

    private static String tip() {
        return browser.evaluate(
                "document.getElementById('tip').hidden ? '' : document.getElementById('tip').textContent");
    }

    /** At the right end of a line, as a finger is put there, after others were shown at the edge. */
    private static void theWordsAreOnTheScreen() {
        String line = row("looping") + ".querySelector('.day')";
        browser.evaluate("document.getElementById('tip').style.left = '300px'");
        browser.evaluate("(day => { day.scrollIntoView(); const box = day.getBoundingClientRect();"
                + " day.dispatchEvent(new PointerEvent('pointerdown',"
                + " {bubbles: true, clientX: box.right - 1, clientY: box.top + 5})); })(" + line + ")");
        assertThat(tip()).contains("giving up, because it crashed with code 1");
        assertThat(browser.evaluate("(box => box.left >= 0 && box.right <= 390 && box.width > 300)"
                        + "(document.getElementById('tip').getBoundingClientRect())"))
                .isEqualTo("true");
        picture("finger");
        browser.evaluate("hide()");
    }

    private static void factsAreShownByKeyboardAndUnderThePointer() {
        String line = row("web") + ".querySelector('.day')";
        browser.evaluate(
                row("web") + ".querySelector('.day').parentNode.previousElementSibling.setAttribute('tabindex', '-1')");
        for (int i = 0;
                i < 50
                        && !browser.evaluate("document.activeElement === " + line)
                                .equals("true");
                i++) {
            browser.press("Tab", TAB);
        }
        assertThat(tip()).contains("running again, was down for ", "2 of 2");
        browser.press("ArrowLeft", LEFT);
        assertThat(tip()).contains("starting, because it crashed with code 3", "1 of 2");
        browser.press("Escape", ESCAPE);
        assertThat(tip()).isEmpty();

        String place = browser.evaluate(
                "(box => [box.right - 3, box.top + 10].join(' '))(" + line + ".getBoundingClientRect())");
        browser.point(Double.parseDouble(place.split(" ", 2)[0]), Double.parseDouble(place.split(" ", 2)[1]));
        assertThat(tip()).contains("up since ", "running again, was down for ");
        browser.point(1, 1);
    }

    private static void theFilterLeavesOut() {
        browser.evaluate("document.getElementById('filter').focus()");
        browser.type("we running");
        assertThat(
                        browser.evaluate(
                                "[...document.querySelectorAll('#rows tr:not([hidden]) .name')].map(it => it.textContent).join()"))
                .isEqualTo("web");
        assertThat(browser.evaluate("document.getElementById('shown').textContent"))
                .isEqualTo("1 of 6 shown");
        browser.evaluate("document.getElementById('filter').value = ''; filter()");
    }

    private static void whatChangesIsChangedInPlace() {
        browser.evaluate("kept = " + row("web")
                + "; kept.querySelector('summary').click(); kept.querySelector('summary').focus()");
        web.crash(4);
        awaitAsked("[...kept.querySelectorAll('li')].some(fact => fact.textContent.includes('code 4'))");
        awaitAsked("kept.querySelectorAll('use[href=\"#after_crash\"]').length === 2");
        assertThat(browser.evaluate("kept === " + row("web") + " && kept.querySelector('details').open"
                        + " && document.activeElement === kept.querySelector('summary')"))
                .isEqualTo("true");
    }

    private static void anOutageOfTheEngineIsTold() {
        engine.stop();
        awaitAsked(
                "document.getElementById('headline').textContent.startsWith('The engine does not list its containers')");
        awaitAsked("document.querySelectorAll('#unseen rect').length === 1");
        awaitAsked(row("web") + ".querySelector('use[href=\"#unseen\"]').getBoundingClientRect().width > 0");
        engine.start();
        awaitAsked("document.getElementById('headline').textContent.startsWith('Given up: looping')");
    }

    private static void touchIsLostAndFound() {
        browser.evaluate("real = fetch; fetch = () => Promise.reject(new Error('no answer'))");
        awaitAsked("document.body.className === 'out-of-touch'");
        browser.evaluate("fetch = real");
        awaitAsked("document.body.className === '' && document.getElementById('touch').textContent === 'Up to date'");
    }
}
