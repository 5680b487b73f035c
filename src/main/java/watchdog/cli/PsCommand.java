package watchdog.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import watchdog.engine.ContainerSummary;
import watchdog.engine.DockerEngine;
import watchdog.engine.EngineException;
import watchdog.engine.Json;
import watchdog.host.HoldFolder;
import watchdog.host.RunFolder;
import watchdog.notify.NotifySettings;
import watchdog.policy.Container;
import watchdog.policy.Holds;
import watchdog.policy.WatchList;
import watchdog.report.LogFormat;
import watchdog.report.Logging;
import watchdog.report.Table;
import watchdog.supervise.FirstSight;
import watchdog.supervise.StateFile;
import watchdog.supervise.StopMemory;

/** {@code watchdog ps}: shows what a watchdog with the same options sees and would do. No watchdog needs to be running. */
@Command(
        name = "ps",
        versionProvider = Version.class,
        header = "Shows each watched container, and what watchdog would do with it.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "watchdog ps --list=NAME[,NAME...] [OPTIONS]")
final class PsCommand implements Callable<Integer> {

    /** How the answer is written. */
    enum Format {
        table,
        json
    }

    @Option(
            names = "--format",
            order = HelpText.OFTEN,
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to write: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Spec
    private CommandSpec spec;

    private final Options options;

    PsCommand(Options options) {
        this.options = options;
    }

    @Override
    public Integer call() throws EngineException {
        Config config = options.config(spec.commandLine(), NotifySettings.NONE);
        if (options.check()) {
            return Options.tellRight(spec.commandLine(), config);
        }
        Logging.configure(config.logLevel(), LogFormat.of(config.logFormat(), false, Json::line), true);
        config.ofContext().ifPresent(LoggerFactory.getLogger("watchdog")::info);
        DockerEngine engine = new DockerEngine(config.endpoint(), config.timeout(), config.watchList()::needs);
        StopMemory memory = config.state().map(StateFile::peek).orElse(StopMemory.NONE);
        FirstSight firstSight = new FirstSight(config.rules(), config.watchList(), memory, holds(config));
        List<PsRow> rows = rows(engine, config.watchList(), firstSight);
        spec.commandLine().getOut().println(format == Format.json ? Json.written(json(rows)) : table(rows));
        return ExitStatus.OK.code();
    }

    /** Those of the daemon, if it is found where it is by default; what cannot be read holds nothing. */
    private static Holds holds(Config config) {
        HoldFolder folder = HoldFolder.of(new RunFolder(config.run().orElse(RunFolder.DEFAULT)));
        try {
            return folder.read(Instant.now());
        } catch (IOException e) {
            LoggerFactory.getLogger("watchdog").warn("the holds in {} cannot be read: {}", folder.path(), e.toString());
            return Holds.NONE;
        }
    }

    private static List<PsRow> rows(DockerEngine engine, WatchList watchList, FirstSight firstSight)
            throws EngineException {
        List<ContainerSummary> watched = new ArrayList<>();
        engine.summaries(summary -> {
            Container container = summary.container();
            if (watchList.covers(container.name(), container.setup().labels())) {
                watched.add(summary);
            }
        });
        List<Container> containers =
                watched.stream().map(ContainerSummary::container).toList();
        Set<String> names = containers.stream().map(Container::name).collect(Collectors.toSet());
        Map<String, Long> imageSizes = imageSizes(engine);
        List<PsRow> rows = new ArrayList<>();
        for (ContainerSummary summary : watched) {
            Container listed = summary.container();
            Long imageSize = imageSizes.get(summary.imageId());
            try {
                // None if it was removed since it was listed.
                engine.inspect(listed.id())
                        .ifPresent(inspected -> rows.add(PsRow.of(
                                summary,
                                imageSize,
                                inspected.setup().dockerPolicy(),
                                firstSight.decide(listed, inspected, names))));
            } catch (EngineException e) {
                rows.add(PsRow.notInspected(summary, imageSize, e.getMessage()));
            }
        }
        watchList.missingFrom(containers).forEach(name -> rows.add(PsRow.missing(name)));
        return rows;
    }

    /** By digest; none where a proxy does not let images be listed, or they do not come in time. */
    private static Map<String, Long> imageSizes(DockerEngine engine) {
        try {
            return engine.imageSizes();
        } catch (EngineException e) {
            LoggerFactory.getLogger("watchdog").debug("no sizes of images: {}", e.getMessage());
            return Map.of();
        }
    }

    private static Table table(List<PsRow> rows) {
        return new Table(PsRow.HEADER, rows.stream().map(PsRow::cells).toList());
    }

    private static List<Map<String, @Nullable Object>> json(List<PsRow> rows) {
        return rows.stream().map(PsRow::fields).toList();
    }
}
