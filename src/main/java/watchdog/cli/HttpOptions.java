package watchdog.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import watchdog.serve.HttpSettings;

/** The options about what is served over HTTP. */
final class HttpOptions {

    @Option(
            names = "--http",
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            paramLabel = "[ADDRESS:]PORT",
            description =
                    "Serve a page, metrics, health and status there, on 127.0.0.1 or on ADDRESS. Default: nowhere.")
    private @Nullable String listen;

    @Option(
            names = "--http-host",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "By which name that may be asked for, too; by addresses and localhost it is anyway.")
    private @Nullable String name;

    /**
     * What they say; none if nothing is to be served.
     *
     * @param asking as of {@link Options#config}
     */
    Optional<HttpSettings> settings(CommandLine asking) {
        if (listen == null) {
            refuseNameAlone(asking);
            return Optional.empty();
        }
        try {
            // Not by a lambda, which would load classes of the server where there is to be none.
            return Optional.of(HttpSettings.parse(listen, Optional.ofNullable(name)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(asking, e.getMessage());
        }
    }

    private void refuseNameAlone(CommandLine asking) {
        if (name != null) {
            throw new ParameterException(
                    asking, "--http-host=" + name + ": nothing is served without --http; add it, or leave this out");
        }
    }
}
