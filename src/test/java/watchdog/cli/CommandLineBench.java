package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A test of the command line: runs it without an engine, and has what it leads to, or what it says. */
abstract class CommandLineBench {

    static final String USAGE = "Usage: watchdog --list=NAME[,NAME...] [OPTIONS] [COMMAND]";
    static final String PS_USAGE = "Usage: watchdog ps --list=NAME[,NAME...] [OPTIONS]";

    @TempDir
    Path folder;

    /** What the process would have left behind. */
    record Outcome(int status, List<String> out, List<String> err) {}

    static Outcome run(Cli cli, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = cli.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int status = cli.run(command, args);
        return new Outcome(
                status, out.toString().lines().toList(), err.toString().lines().toList());
    }

    final Outcome run(String... args) {
        return run(cli(Map.of("DOCKER_HOST", folder.resolve("no.sock").toString())), args);
    }

    static Cli cli(Map<String, String> environment) {
        return new Cli(environment, "", config -> 77);
    }

    static CommandLine commandLine(Map<String, String> environment) {
        return cli(environment).commandLine();
    }

    /** What a command line says; it watches something, if it does not say what. */
    static Config config(Map<String, String> environment, String... args) {
        List<Config> configs = new ArrayList<>();
        Cli cli = new Cli(environment, "", config -> configs.add(config) ? 0 : 1);
        boolean isOfWatching = Stream.of(args).anyMatch(arg -> arg.matches("-l.*|--l(ist|abel).*|@.*"));
        Stream<String> all = isOfWatching ? Stream.of(args) : Stream.concat(Stream.of("--list=web"), Stream.of(args));

        assertThat(run(cli, all.toArray(String[]::new)))
                .returns(0, Outcome::status)
                .returns(List.of(), Outcome::err);
        return configs.get(0);
    }

    static Config config(String... args) {
        return config(Map.of(), args);
    }

    /** What a command line of {@code ps} says. */
    static Config asked(String... args) {
        CommandLine command = commandLine(Map.of());
        command.parseArgs(args);
        return command.<WatchdogCommand>getCommand().options().config(command);
    }

    static String watchList(String... args) {
        return config(args).watchList().toString();
    }

    final String argumentFile(String... lines) throws IOException {
        return "@" + Files.write(folder.resolve("arguments"), List.of(lines));
    }
}
