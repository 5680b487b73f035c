package watchdog.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import watchdog.notify.Authorities;
import watchdog.notify.NotifySettings;
import watchdog.notify.Secret;
import watchdog.notify.Selection;
import watchdog.notify.Webhook;

/** The options about who is told, and what. Their values may be secrets, so no message shows one. */
final class NotifyOptions {

    private static final String WEBHOOK = "--webhook";
    private static final String HEADER = "--webhook-header";

    private static final int MOST_LOG_LINES = 100;

    @Option(
            names = "--notify",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "KIND[,KIND...]",
            converter = SelectionConverter.class,
            defaultValue = Selection.PROBLEMS,
            description = "What to tell: problems, all, or kinds of facts. Default: ${DEFAULT-VALUE}.")
    private Selection selection;

    @Option(
            names = WEBHOOK,
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            parameterConsumer = Adding.class,
            paramLabel = "URL",
            description = "Where to post what to tell, as JSON; @FILE reads it. Can be repeated.")
    private List<String> webhooks = new ArrayList<>();

    @Option(
            names = HEADER,
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            parameterConsumer = HeaderConsumer.class,
            paramLabel = "NAME:VALUE",
            description =
                    "A header for the webhook before it, or for all; NAME:@FILE reads the value. Can be repeated.")
    private List<PlacedHeader> headers = new ArrayList<>();

    @Option(
            names = "--webhook-ca",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Certificates (PEM) to trust webhooks by, beside those of Java.")
    private @Nullable Path authorities;

    @Option(
            names = "--webhook-log-lines",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "N",
            converter = LogLinesConverter.class,
            defaultValue = "10",
            description = "How much of a container's own log to tell. Default: ${DEFAULT-VALUE}.")
    private int logLines;

    @Option(
            names = "--exec",
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            parameterConsumer = Adding.class,
            paramLabel = "PROGRAM",
            description = "A program to run with what to tell. Can be repeated.")
    private List<String> programs = new ArrayList<>();

    /**
     * A header as it was given.
     *
     * @param webhooks how many webhooks were given before it
     */
    private record PlacedHeader(String text, int webhooks) {}

    /**
     * What they say; this reads the files that they name.
     *
     * @param asking the command whose usage line is shown if they are wrong
     * @param isCheck whether nobody is to be told: then a webhook may be out of reach
     */
    NotifySettings settings(CommandLine asking, Map<String, String> environment, boolean isCheck) {
        SecretFile files = new SecretFile(environment.getOrDefault("CREDENTIALS_DIRECTORY", ""));
        List<Webhook> all = new ArrayList<>();
        for (int i = 1; i <= webhooks.size(); i++) {
            if (!isCheck || !isOutOfReach(files, i)) {
                all.add(webhook(asking, files, i));
            }
        }
        if (webhooks.isEmpty() && !headers.isEmpty()) {
            throw new ParameterException(asking, HEADER + " is for --webhook, and there is none");
        }
        return new NotifySettings(
                selection,
                all,
                authorities(asking),
                programs.stream().map(program -> program(asking, program)).toList(),
                logLines);
    }

    /** @param number from 1 on */
    private boolean isOutOfReach(SecretFile files, int number) {
        Stream<String> values = headersOf(number)
                .map(header -> header.substring(header.indexOf(':') + 1).strip());
        return Stream.concat(Stream.of(webhooks.get(number - 1)), values).anyMatch(files::isOutOfReach);
    }

    private Stream<String> headersOf(int webhook) {
        return headers.stream()
                .filter(header -> header.webhooks() == 0 || header.webhooks() == webhook)
                .map(PlacedHeader::text);
    }

    /** @param number from 1 on */
    private Webhook webhook(CommandLine asking, SecretFile files, int number) {
        String option = WEBHOOK;
        try {
            Secret url = files.secret(webhooks.get(number - 1));
            option = HEADER;
            List<Webhook.Header> its =
                    headersOf(number).map(text -> header(files, text)).toList();
            option = WEBHOOK;
            return new Webhook(url, its);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(asking, option + " (of webhook " + number + "): " + e.getMessage());
        }
    }

    private static Webhook.Header header(SecretFile files, String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("use NAME:VALUE, or NAME:@FILE");
        }
        return new Webhook.Header(
                text.substring(0, colon), files.secret(text.substring(colon + 1).strip()));
    }

    private Optional<Path> authorities(CommandLine asking) {
        Path file = authorities;
        if (file != null) {
            try {
                Authorities unused = Authorities.read(file);
            } catch (IOException e) {
                throw new ParameterException(asking, "--webhook-ca=" + file + ": " + e.getMessage());
            }
        }
        return Optional.ofNullable(file);
    }

    private static Path program(CommandLine asking, String program) {
        try {
            Path path = Path.of(program);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // as one that is not absolute
        }
        throw new ParameterException(
                asking, "--exec=" + program + ": use the absolute path of a program, without arguments");
    }

    /** Adds a header, with its place among the webhooks. */
    static final class HeaderConsumer implements IParameterConsumer {
        @Override
        @SuppressWarnings("JdkObsolete") // picocli's own signature
        public void consumeParameters(Stack<String> args, ArgSpec option, CommandSpec command) {
            if (args.isEmpty()) {
                throw new MissingParameterException(
                        command.commandLine(),
                        option,
                        "Missing required parameter for option '" + HEADER + "' (" + option.paramLabel() + ")");
            }
            List<?> webhooks = command.findOption(WEBHOOK).getValue();
            List<PlacedHeader> headers = option.getValue();
            headers.add(new PlacedHeader(args.pop(), webhooks.size()));
        }
    }

    static final class SelectionConverter implements ITypeConverter<Selection> {
        @Override
        public Selection convert(String value) {
            try {
                return Selection.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    static final class LogLinesConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            int number = value.matches("[0-9]{1,3}") ? Integer.parseInt(value) : MOST_LOG_LINES + 1;
            if (number > MOST_LOG_LINES) {
                throw new TypeConversionException("'" + value + "' is not a number from 0 to " + MOST_LOG_LINES);
            }
            return number;
        }
    }
}
