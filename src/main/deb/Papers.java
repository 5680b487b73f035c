import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;
import watchdog.cli.Cli;

/**
 * Writes what the Debian package has beside the jar and is made out of it: man pages, bash completion, changelog, copyright, and
 * the names of our classes for the archive of classes. Maven's profile "deb" runs it: Papers JAR FOLDER VERSION TIME
 */
final class Papers {

    private static final String COMMAND = "docker-watchdog";

    private static final String[] SERVICE = {
        "The service docker-watchdog runs it with the arguments that are in /etc/docker-watchdog.args.",
        "See systemctl status docker-watchdog, and journalctl -u docker-watchdog."
    };

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[1]));
        OffsetDateTime time = OffsetDateTime.parse(args[3]);
        CommandLine command = new Cli(Map.of(), "", config -> 0).commandLine().setCommandName(COMMAND);
        manPages(command, args[2], folder, time);
        // Without the line that names a shell: it is read by one, not run.
        Files.writeString(folder.resolve(COMMAND), AutoComplete.bash(COMMAND, command).replaceFirst("^#!.*\n", ""));
        gzip(folder.resolve("changelog.gz"), changelog(args[2], time));
        try (JarFile jar = new JarFile(args[0])) {
            Files.writeString(folder.resolve("copyright"), copyright(jar));
            Files.write(folder.resolve("watchdog.classes"), ourClasses(jar));
        }
    }

    private static void manPages(CommandLine command, String version, Path folder, OffsetDateTime time) throws IOException {
        ManPageGenerator.generateManPage(
                folder.toFile(),
                null,
                new boolean[0],
                false,
                Stream.concat(Stream.of(command), command.getSubcommands().values().stream())
                        .map(each -> named(each.getCommandSpec()).versionProvider(null).version(COMMAND + " " + version))
                        .toArray(CommandLine.Model.CommandSpec[]::new));
        Options options = Options.builder()
                .backend("manpage")
                .standalone(true)
                .safe(SafeMode.SAFE)
                .attributes(Attributes.builder()
                        .attribute("reproducible")
                        .attribute("docdate", time.toLocalDate().toString())
                        .build())
                .build();
        try (Asciidoctor asciidoctor = Asciidoctor.Factory.create();
                Stream<Path> sources = Files.list(folder)) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".adoc")).toList()) {
                String page = source.getFileName().toString().replace(".adoc", ".1.gz");
                // picocli puts the = of an option without parameter syntax where AsciiDoc takes the marks for text
                String text = Files.readString(source).replace("*_=", "*=_");
                gzip(folder.resolve(page), asciidoctor.convert(text, options));
            }
        }
    }

    /** By the name that the command has in the package, and with a description, which the help does without. */
    private static CommandLine.Model.CommandSpec named(CommandLine.Model.CommandSpec spec) {
        CommandLine.Model.UsageMessageSpec usage = spec.usageMessage();
        return spec.usageMessage(usage.customSynopsis(named(usage.customSynopsis()))
                .description(spec.parent() == null ? SERVICE : usage.header())
                .footer(named(usage.footer())));
    }

    private static String[] named(String[] lines) {
        return Stream.of(lines).map(line -> line.replaceFirst("^( *)watchdog ", "$1" + COMMAND + " ")).toArray(String[]::new);
    }

    /** @param version as Maven has it; Debian orders by ~, and puts 1.0.0~rc1 before 1.0.0, as jdeb does too */
    private static String changelog(String version, OffsetDateTime time) {
        String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT).format(time);
        return COMMAND + " (" + version.replace('-', '~') + ") unstable; urgency=medium\n\n"
                + "  * What is new is told in src/docs/changes.md of the sources.\n\n"
                + " -- watchdog maintainers <watchdog-docker@users.noreply.github.com>  " + date + "\n";
    }

    /** What copyright in this folder says, then the licences and the notices of the libraries as they are in the jar. */
    private static String copyright(JarFile jar) throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(Path.of("src/main/deb/copyright")));
        List<String> texts = jar.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.matches("META-INF/(NOTICE|LICENSE\\.txt|[^/]+-LICENSE)"))
                .sorted()
                .toList();
        for (String name : texts) {
            text.append("\n\n===== ").append(name).append(" =====\n\n");
            text.append(new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8).strip());
        }
        return text.append('\n').toString();
    }

    private static List<String> ourClasses(JarFile jar) {
        return jar.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith("watchdog/") && name.endsWith(".class") && !name.endsWith("package-info.class"))
                .map(name -> name.replace(".class", ""))
                .sorted()
                .toList();
    }

    /** As gzip -9n does, which Debian's policy asks for: byte 8 of the header says so (RFC 1952), which Java leaves out. */
    private static void gzip(Path file, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new Best(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        byte[] compressed = bytes.toByteArray();
        compressed[8] = 2;
        Files.write(file, compressed);
    }

    private static final class Best extends GZIPOutputStream {

        Best(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
