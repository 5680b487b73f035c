package watchdog.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    private static final int JAVA_17 = 61;

    @TempDir
    private Path folder;

    @Test
    void picocliIsCompiledForTheJavaThatWatchdogNeedsAndOfTheVersionThatIsAskedFor() throws IOException {
        try (ZipFile jar = new ZipFile(System.getProperty("watchdog.jar"))) {
            byte[] type = jar.getInputStream(jar.getEntry("picocli/CommandLine.class"))
                    .readAllBytes();

            assertThat(type[7]).isEqualTo((byte) JAVA_17);
            assertThat(new String(type, ISO_8859_1)).contains(System.getProperty("picocli.version"));
        }
    }

    /** Of the sets of classes that junixsocket's jar has, the one that needs nothing of later Javas. */
    @Test
    void junixsocketIsWholeAndOfTheVersionThatIsAskedFor() throws IOException {
        String version = System.getProperty("junixsocket.version");
        String library = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.endsWith("junixsocket-common-" + version + ".jar"))
                .findFirst()
                .orElseThrow();
        try (ZipFile theirs = new ZipFile(library);
                ZipFile jar = new ZipFile(System.getProperty("watchdog.jar"))) {
            List<String> missing = theirs.stream()
                    .filter(entry -> entry.getName().startsWith("org/"))
                    .filter(entry -> !isSame(entry, jar))
                    .map(ZipEntry::getName)
                    .toList();

            assertThat(theirs.getEntry("org/newsclub/net/unix/AFUNIXSocket.class"))
                    .isNotNull();
            assertThat(missing).isEmpty();
        }
    }

    private static boolean isSame(ZipEntry entry, ZipFile jar) {
        ZipEntry own = jar.getEntry(entry.getName());
        return own != null && (entry.isDirectory() || own.getCrc() == entry.getCrc());
    }

    /**
     * SecureRandom is loaded where junixsocket unpacks its library by itself, java.sql and much of java.time by picocli's
     * converters, and parsers that read characters by Jackson's factory.
     */
    @Test
    void whatWasTakenOutOfTheStartStaysOut() {
        Path loaded = folder.resolve("loaded");
        List<String> options = List.of("-Xlog:class+load:file=" + loaded);
        try (FakeEngine engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"))) {
            engine.add("web");
            try (WatchdogProcess ps =
                    WatchdogProcess.start(options, Map.of(), "ps", "--list=web", "--host=" + engine.host())) {

                assertThat(ps.awaitExit(LIMIT)).isZero();

                assertThat(ps.stdout()).anyMatch(line -> line.endsWith(" web"));
                assertThat(loaded)
                        .content()
                        .contains(
                                "org.newsclub.net.unix.AFUNIXSocket ", "tools.jackson.core.json.UTF8StreamJsonParser ")
                        .doesNotContain(
                                "java.security.SecureRandom ",
                                "java.sql.",
                                "java.time.YearMonth ",
                                "tools.jackson.core.json.ReaderBasedJsonParser ");
            }
        }
    }

    @Test
    void withoutFlagsJavaLeavesOutItsSecondCompilerAndGivesMemoryBack() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("a folder"));
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

            engine.addMany(100, "created");

            watchdog.awaitLines(3, "DEBUG memory: .*systemTrimNativeHeap: ", UNTIL_TRIMMED);
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
                    .contains("watchdog.MemoryTrimmer ")
                    .doesNotContain("watchdog.JavaDiagnostics ", ".management.");

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
