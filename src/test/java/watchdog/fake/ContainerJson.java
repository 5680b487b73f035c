package watchdog.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A container as {@code /containers/json} and {@code /containers/ID/json} show it. */
final class ContainerJson {
    private ContainerJson() {}

    /** A row of {@code /containers/json}. */
    static Map<String, Object> row(ContainerModel c) {
        return Json.object(
                "Id", c.id,
                "Names", c.names(),
                "Image", c.image,
                "ImageID", Inventory.imageId(c.image),
                "Command", "sh -c 'while true; do sleep 1; done'",
                "Created", c.createdAt.getEpochSecond(),
                "Ports", List.of(),
                "Labels", c.labels,
                "State", c.state,
                "Status", status(c),
                "HostConfig", Json.object("NetworkMode", c.networkMode),
                "NetworkSettings", Json.object("Networks", networks(c)),
                "Mounts", List.of());
    }

    /** The answer of inspect. */
    static Map<String, Object> details(ContainerModel c) {
        Map<String, Object> stateFields = Json.object(
                "Status", c.state,
                "Running", c.isRunning(),
                "Paused", c.state.equals("paused"),
                "Restarting", c.state.equals("restarting"),
                "OOMKilled", c.oomKilled,
                "Dead", c.state.equals("dead"),
                "Pid", c.isRunning() ? 1000 + c.lives : 0,
                "ExitCode", c.exitCode,
                "Error", c.error,
                "StartedAt", c.startedAt.toString(),
                "FinishedAt", c.finishedAt.toString());
        Map<String, Object> config = Json.object(
                "Hostname",
                c.id.substring(0, 12),
                "Tty",
                false,
                "Env",
                null,
                "Cmd",
                List.of("sh", "-c", "while true; do sleep 1; done"),
                "Image",
                c.image,
                "Labels",
                c.labels);
        if (!c.health.equals("none")) {
            stateFields.put("Health", Json.object("Status", c.health, "FailingStreak", 0, "Log", List.of()));
            config.put("Healthcheck", Json.object("Test", List.of("CMD-SHELL", "test -e /ok")));
        }
        if (c.stopSignal != null) {
            config.put("StopSignal", c.stopSignal);
        }
        if (c.stopTimeout != null) {
            config.put("StopTimeout", c.stopTimeout);
        }
        return Json.object(
                "Id",
                c.id,
                "Created",
                c.createdAt.toString(),
                "Path",
                "sh",
                "Args",
                List.of("-c", "while true; do sleep 1; done"),
                "State",
                stateFields,
                "Image",
                Inventory.imageId(c.image),
                "Name",
                "/" + c.name,
                "RestartCount",
                0,
                "Driver",
                "overlay2",
                "Platform",
                "linux",
                "HostConfig",
                Json.object(
                        "NetworkMode", c.networkMode,
                        "IpcMode", "private",
                        "PidMode", c.pidMode,
                        "RestartPolicy", Json.object("Name", c.restartPolicy, "MaximumRetryCount", c.maximumRetryCount),
                        "AutoRemove", c.autoRemove),
                "Mounts",
                List.of(),
                "Config",
                config,
                "NetworkSettings",
                Json.object("Ports", Json.object(), "Networks", networks(c)));
    }

    private static Map<String, Object> networks(ContainerModel c) {
        if (c.networksLost || c.networkMode.startsWith("container:")) {
            return Map.of();
        }
        return Map.of(c.networkMode.equals("default") ? "bridge" : c.networkMode, Json.object("IPAddress", ""));
    }

    private static String status(ContainerModel c) {
        Instant now = Instant.now();
        String up = "Up " + HumanDuration.of(Duration.between(c.startedAt, now));
        String ago = HumanDuration.of(Duration.between(c.finishedAt, now)) + " ago";
        return switch (c.state) {
            case "created" -> "Created";
            case "running" ->
                switch (c.health) {
                    case "none" -> up;
                    case "starting" -> up + " (health: starting)";
                    default -> up + " (" + c.health + ")";
                };
            case "paused" -> up + " (Paused)";
            case "restarting" -> "Restarting (" + c.exitCode + ") " + ago;
            case "removing" -> "Removal In Progress";
            case "dead" -> "Dead";
            default -> "Exited (" + c.exitCode + ") " + ago;
        };
    }
}
