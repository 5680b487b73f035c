package watchdog.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.fake.FakeEngine;
import watchdog.real.WatchdogProcess;

/** The jar, as far as it takes no real engine to see that it is right. */
class JarIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration UNTIL_TRIMMED = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void holdsEachFileOnceAndNoClassesForLaterJavasOnly() throws IOException {
        assertThat(entries())
                .doesNotHaveDuplicates()
                .noneMatch(name -> name.startsWith("META-INF/versions/"))
                .noneMatch(name -> name.endsWith("module-info.class"));
    }

    /** Of all that the libraries' own jars have, only what the shade filter names is left out. */
    @Test
    void holdsTheClassesOfItsLibrariesAsTheyAre() throws IOException {
        try (ZipFile jar = new ZipFile(System.getProperty("watchdog.jar"))) {
            for (String library : List.of(
                    "junixsocket-common",
                    "prometheus-metrics-core",
                    "prometheus-metrics-model",
                    "prometheus-metrics-config",
                    "prometheus-metrics-exposition-textformats",
                    "prometheus-metrics-tracer-common",
                    "prometheus-metrics-tracer-initializer",
                    "prometheus-metrics-tracer-otel",
                    "prometheus-metrics-tracer-otel-agent",
                    "junixsocket-native-common",
                    "picocli",
                    "slf4j-api",
                    "slf4j-simple",
                    "jackson-core",
                    "jackson-databind",
                    "jackson-annotations")) {
                try (ZipFile theirs = new ZipFile(onTheClassPath(library))) {
                    List<ZipEntry> classes = theirs.stream()
                            .filter(entry -> entry.getName().endsWith(".class"))
                            .filter(entry -> !entry.getName().startsWith("META-INF/versions/"))
                            .filter(entry -> !entry.getName().equals("module-info.class"))
                            .map(ZipEntry.class::cast)
                            .toList();

                    assertThat(classes).as(library).isNotEmpty().allMatch(entry -> isSame(entry, jar));
                }
            }
        }
    }

    private static String onTheClassPath(String library) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.matches(".*/" + library + "-[0-9.]+\\.jar"))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isSame(ZipEntry entry, ZipFile jar) {
        ZipEntry own = jar.getEntry(entry.getName());
        return own != null && own.getCrc() == entry.getCrc();
    }

    @Test
    void holdsTheLicencesAndNoticesOfItsLibraries() throws IOException {
        assertThat(entries())
                .contains(
                        "META-INF/LICENSE",
                        "META-INF/LICENSE.txt",
                        "META-INF/FastDoubleParser-LICENSE",
                        "META-INF/FastDoubleParser-ThirdParty-LICENSE",
                        "META-INF/Schubfach-LICENSE");
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/LICENSE.txt")).contains("QOS.ch");
        assertThat(text("META-INF/NOTICE"))
                .contains("jackson", "junixsocket", "picocli", "Prometheus", "SLF4J")
                .contains("Jackson is a high-performance");
    }

    private static List<String> entries() throws IOException {
        try (JarInputStream jar =
                new JarInputStream(Files.newInputStream(Path.of(System.getProperty("watchdog.jar"))), false)) {
            List<String> names = new ArrayList<>();
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                names.add(entry.getName());
            }
            return names;
        }
    }

    private static String text(String entry) throws IOException {
        try (ZipFile jar = new ZipFile(System.getProperty("watchdog.jar"))) {
            return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), UTF_8);
        }
    }

    @Test
    void withoutFlagsJavaLeavesOutItsSecondCompilerAndGivesMemoryBack() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("a folder"));
        Path left = Files.createFile(temporary.resolve("watchdog123.json"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        try (FakeEngine engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"));
                WatchdogProcess watchdog = watch(engine, "-Djava.io.tmpdir=" + temporary)) {

            watchdog.awaitLine("DEBUG memory: .*systemTrimNativeHeap: ", UNTIL_TRIMMED);

            // The first versions of Java 17 do not know that command.
            if (jcmd(watchdog, "help").contains("System.trim_native_heap")) {
                assertThat(watchdog.linesWith("DEBUG memory: cannot")).isEmpty();
            }
            assertThat(jcmd(watchdog, "Compiler.directives_print"))
                    .containsPattern("(?s)matching: \\*\\.\\*\\s+c1 directives:.* Exclude:false .*"
                            + "c2 directives:.* Exclude:true .*Directive: \\(default\\)");
            assertThat(temporary).isDirectoryNotContaining("glob:**.json");
            assertThat(watchdog.stderr()).isEmpty();
        }
    }

    /** G1 may have made the heap so small by then that it collects by itself; this collector, as on a small host, does not. */
    @Test
    void memoryIsGivenBackAgainWhenTheHeapHasGrown() {
        try (FakeEngine engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"));
                WatchdogProcess watchdog = watch(engine, "-XX:+UseSerialGC", "-Xmn64m")) {

            // So many that each pass leaves garbage: with a hundred it took a minute until the heap had grown by half.
            engine.addMany(1000, "created");

            watchdog.awaitLines(2, "DEBUG memory: .*systemTrimNativeHeap: ", UNTIL_TRIMMED);
        }
    }

    /** Java's management takes megabytes; without a first compiler nothing would be compiled any more. */
    @Test
    void whatTheUnitAndOtherJavasNeedNotOrCannotDoIsNotDone() throws IOException {
        Path loaded = folder.resolve("loaded");
        try (FakeEngine engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"));
                WatchdogProcess asInTheUnit =
                        watch(engine, "-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=" + loaded);
                WatchdogProcess notTiered = watch(engine, "-XX:-TieredCompilation");
                WatchdogProcess highOnly = watch(engine, "-XX:CompilationMode=high-only");
                WatchdogProcess bare = watch(engine, "--limit-modules=java.base,java.logging");
                WatchdogProcess limited = watch(engine, "--limit-modules=java.management,java.logging")) {

            asInTheUnit.awaitLine("DEBUG memory: collected what the start has left", UNTIL_TRIMMED);
            assertThat(loaded)
                    .content()
                    .contains("watchdog.host.MemoryTrimmer ")
                    .doesNotContain("watchdog.host.JavaDiagnostics ", ".management.");

            for (WatchdogProcess watchdog : List.of(notTiered, highOnly)) {
                watchdog.awaitLine("DEBUG memory: the compilers are left as they are", UNTIL_TRIMMED);
                assertThat(jcmd(watchdog, "Compiler.directives_print"))
                        .contains("Exclude:false")
                        .doesNotContain("Exclude:true");
            }

            for (WatchdogProcess watchdog : List.of(bare, limited)) {
                watchdog.awaitLine("DEBUG memory: this Java is without its management: ", UNTIL_TRIMMED);
                assertThat(watchdog.stderr()).isEmpty();
            }
        }
    }

    private static WatchdogProcess watch(FakeEngine engine, String... options) {
        return WatchdogProcess.start(
                List.of(options),
                Map.of(),
                "--list=web",
                "--time=100ms",
                "--log-level=debug",
                "--host=" + engine.host());
    }

    private String jcmd(WatchdogProcess watchdog, String command) throws IOException {
        Path said = folder.resolve("said");
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asking = new ProcessBuilder(jcmd, Long.toString(watchdog.pid()), command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(asking.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(asking.exitValue()).as(() -> contentOf(said.toFile())).isZero();
            return Files.readString(said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while asking by jcmd", e);
        } finally {
            asking.destroyForcibly();
        }
    }

    @Test
    void aNativeLibraryThatDoesNotLoadIsToldInOneLine() {
        List<String> options = List.of("-Dorg.newsclub.net.unix.library.disable=true");
        try (WatchdogProcess ps = WatchdogProcess.start(
                options, Map.of(), "ps", "--list=web", "--host=" + folder.resolve("docker.sock"))) {

            assertThat(ps.awaitExit(LIMIT)).isEqualTo(1);

            assertThat(ps.stdout()).isEmpty();
            assertThat(ps.stderr())
                    .singleElement()
                    .asString()
                    .startsWith("watchdog: ")
                    .contains("cannot load junixsocket's native library");
        }
    }

    @Test
    void aTemporaryFolderThatCannotBeUsedAtFirstIsTriedAgainAtEachPass() throws IOException {
        Path temporary = folder.resolve("tmp");
        try (FakeEngine engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"));
                WatchdogProcess watchdog = watch(engine, "-Djava.io.tmpdir=" + temporary)) {

            watchdog.awaitLine(
                    "WARN cannot list the containers: .*cannot unpack junixsocket's native library into " + temporary,
                    LIMIT);
            Files.createDirectory(temporary);

            watchdog.awaitLine("INFO connected to ", LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "--list=web --nonsense", "ps --list=web --host=tcp://127.0.0.1:1"})
    void nothingIsLeftInTheTemporaryFolder(String arguments) {
        List<String> options = List.of("-Djava.io.tmpdir=" + folder);
        try (WatchdogProcess watchdog = WatchdogProcess.start(options, Map.of(), arguments.split(" "))) {

            watchdog.awaitExit(LIMIT);

            assertThat(folder).isEmptyDirectory();
        }
    }
}
