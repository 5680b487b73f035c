package watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process of its own, for what can be set up once in a process only, as its logging. */
public final class ForkedJvm {

    private ForkedJvm() {}

    /** What a process has written. */
    public record Written(List<String> out, List<String> err) {}

    /** A class that has a {@code main}, about to run. */
    public static ProcessBuilder of(Class<?> main, List<String> jvmOptions, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(jvmOptions);
        command.add(main.getName());
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    /** Runs a class that has a {@code main} to its end, which must be a good one. */
    public static Written run(Path folder, Class<?> main, List<String> jvmOptions, String... args) {
        return run(folder, of(main, jvmOptions, args));
    }

    /** Runs a process that {@link #of} has made to its end, which must be a good one. */
    public static Written run(Path folder, ProcessBuilder java) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            Process process = java.redirectOutput(Redirect.to(out.toFile()))
                    .redirectError(Redirect.to(err.toFile()))
                    .start();
            try {
                assertThat(process.waitFor()).as(() -> lines(err).toString()).isZero();
            } finally {
                process.destroyForcibly();
            }
            return new Written(lines(out), lines(err));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("no end in time: " + java.command(), e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
