package watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the picture of the house: who may know whom, as the class files have it. */
class ArrowsTest {

    private static final Pattern CLASS = Pattern.compile(" +(watchdog\\.\\S+) +-> +(\\S+) .*");
    private static final Pattern CLASS_FILE = Pattern.compile("Classfile .*/classes/(watchdog/.*)\\.class");
    private static final Pattern METHOD = Pattern.compile(" *#\\d+ = (?:Interface)?Methodref .*// (\\S+):\\S+");

    /** A class, and a class or a method that it names. */
    private record Arrow(String from, String to) {

        String home() {
            return packageOf(from);
        }

        String target() {
            return packageOf(to);
        }

        @Override
        public String toString() {
            return from + " -> " + to;
        }

        private static String packageOf(String className) {
            return className.substring(0, className.lastIndexOf('.'));
        }
    }

    private static final List<Arrow> TO_CLASSES = new ArrayList<>();
    private static final List<Arrow> TO_METHODS = new ArrayList<>();

    @BeforeAll
    static void readTheClassFiles() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        tool("jdeps", "-verbose:class", "-filter:none", classes.toString())
                .map(CLASS::matcher)
                .filter(Matcher::matches)
                .forEach(line -> TO_CLASSES.add(new Arrow(line.group(1), line.group(2))));
        String from = "";
        for (String line : tool("javap", classFiles(classes)).toList()) {
            Matcher classFile = CLASS_FILE.matcher(line);
            Matcher method = METHOD.matcher(line);
            if (classFile.matches()) {
                from = classFile.group(1).replace('/', '.');
            } else if (method.matches()) {
                TO_METHODS.add(new Arrow(from, method.group(1).replace('/', '.')));
            }
        }
    }

    private static Stream<String> tool(String name, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = ToolProvider.findFirst(name).orElseThrow().run(new PrintWriter(out), new PrintWriter(err), args);
        assertThat(status).as(() -> name + ": " + err).isZero();
        return out.toString().lines();
    }

    private static String[] classFiles(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes.resolve("watchdog"))) {
            return Stream.concat(
                            Stream.of("-verbose", "-private"),
                            files.map(Path::toString).filter(file -> file.endsWith(".class")))
                    .toArray(String[]::new);
        }
    }

    /** The packages from which such arrows go out. */
    private static Set<String> homes(List<Arrow> arrows, Predicate<Arrow> such) {
        return arrows.stream().filter(such).map(Arrow::home).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Predicate<Arrow> into(String packages) {
        return arrow -> arrow.to().startsWith(packages);
    }

    @Test
    void theArrowsBetweenThePackagesAreThoseOfTheHouse() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (Arrow arrow : TO_CLASSES) {
            Set<String> targets = arrows.computeIfAbsent(arrow.home(), none -> new TreeSet<>());
            if (arrow.target().startsWith("watchdog") && !arrow.target().equals(arrow.home())) {
                targets.add(arrow.target());
            }
        }

        // Nothing goes up and nothing in a circle, and nobody knows the root.
        assertThat(arrows)
                .isEqualTo(Map.of(
                        "watchdog",
                        Set.of(
                                "watchdog.cli",
                                "watchdog.engine",
                                "watchdog.host",
                                "watchdog.http",
                                "watchdog.notify",
                                "watchdog.policy",
                                "watchdog.report",
                                "watchdog.serve",
                                "watchdog.supervise"),
                        "watchdog.cli",
                        Set.of(
                                "watchdog.engine",
                                "watchdog.host",
                                "watchdog.http",
                                "watchdog.notify",
                                "watchdog.policy",
                                "watchdog.report",
                                "watchdog.serve",
                                "watchdog.supervise"),
                        "watchdog.notify",
                        Set.of("watchdog.policy", "watchdog.report"),
                        "watchdog.serve",
                        Set.of("watchdog.policy", "watchdog.report"),
                        "watchdog.supervise",
                        Set.of("watchdog.engine", "watchdog.host", "watchdog.policy", "watchdog.report"),
                        "watchdog.host",
                        Set.of("watchdog.http", "watchdog.policy"),
                        "watchdog.report",
                        Set.of("watchdog.policy"),
                        "watchdog.engine",
                        Set.of("watchdog.http", "watchdog.policy"),
                        "watchdog.policy",
                        Set.of(),
                        "watchdog.http",
                        Set.of()));
    }

    @Test
    void thePolicyKnowsNothingButTheLanguageTimeAndCollections() {
        assertThat(TO_CLASSES)
                .filteredOn(arrow -> arrow.home().equals("watchdog.policy"))
                .extracting(Arrow::target)
                .isNotEmpty()
                .allMatch(target -> target.equals("watchdog.policy")
                        // what the compiler makes of lambdas, records and string concatenation
                        || target.matches("java\\.lang(\\.invoke|\\.runtime)?")
                        || target.matches("java\\.time(\\..+)?")
                        || target.matches("java\\.util(\\..+)?")
                        || target.startsWith("org.jspecify."));
    }

    @Test
    void thePolicyLooksAtNoClockAndStartsNothing() {
        assertThat(TO_METHODS)
                .filteredOn(arrow -> arrow.home().startsWith("watchdog.policy"))
                .isNotEmpty()
                .extracting(Arrow::to)
                .noneMatch(method -> method.startsWith("java.lang.System.")
                        || method.startsWith("java.lang.Thread")
                        || method.startsWith("java.lang.Process")
                        || method.startsWith("java.lang.Runtime.")
                        || method.startsWith("java.time.Clock.")
                        || method.startsWith("java.util.Random")
                        || method.startsWith("java.util.concurrent.")
                        || method.matches("java\\.time\\..*\\.now"));
    }

    @Test
    void onlyTheEngineKnowsJson() {
        assertThat(homes(TO_CLASSES, into("tools.jackson."))).containsExactly("watchdog.engine");
        assertThat(homes(TO_CLASSES, into("com.fasterxml."))).isSubsetOf("watchdog.engine");
    }

    @Test
    void onlyHttpKnowsSocketsAndOnlyTheServerTheJdksOwn() {
        assertThat(homes(TO_CLASSES, into("org.newsclub."))).containsExactly("watchdog.http");
        assertThat(homes(TO_CLASSES, into("com.sun.net.httpserver."))).containsExactly("watchdog.serve");
        Pattern noSocket = Pattern.compile("java\\.net\\.(http\\..*|URI.*|.*Exception)");
        assertThat(homes(
                        TO_CLASSES,
                        into("java.net.")
                                .and(arrow -> !noSocket.matcher(arrow.to()).matches())))
                .containsExactly("watchdog.http", "watchdog.serve");
        assertThat(homes(TO_CLASSES, into("java.net.http."))).containsExactly("watchdog.notify");
        assertThat(homes(
                        TO_CLASSES,
                        into("java.nio.channels.")
                                .and(arrow -> arrow.to().contains("Socket")
                                        || arrow.to().contains("Datagram")
                                        || arrow.to().contains("Selector"))))
                .isSubsetOf("watchdog.http");
    }

    @Test
    void onlyTheReportsKnowPrometheus() {
        assertThat(homes(TO_CLASSES, into("io.prometheus."))).containsExactly("watchdog.report");
    }

    @Test
    void onlyTheCommandLineKnowsPicocli() {
        assertThat(homes(TO_CLASSES, into("picocli."))).containsExactly("watchdog.cli");
    }

    @Test
    void onlyMainEndsTheProcessAndReadsItsEnvironment() {
        Pattern process = Pattern.compile("java\\.lang\\.(System\\.(exit|getenv)|Runtime\\.(exit|halt))");

        assertThat(TO_METHODS)
                .filteredOn(arrow -> process.matcher(arrow.to()).matches())
                .extracting(Arrow::toString)
                .containsExactlyInAnyOrder(
                        "watchdog.Main -> java.lang.System.exit",
                        "watchdog.Main -> java.lang.System.getenv",
                        // at once, when memory has run out
                        "watchdog.UncaughtExceptions -> java.lang.Runtime.halt");
    }
}
