package watchdog.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import watchdog.Eventually;
import watchdog.real.RealEngine;

/**
 * A container in the chaos: what can be done with it, and what the README's table promises for it after all that was done.
 * One at a time does something with it, as {@link #act} sees to; watchdog alone may come between.
 */
final class ChaosContainer {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What the docker client says when the engine is not there, or goes away while it is asked. */
    private static final Pattern ENGINE_AWAY = Pattern.compile("Cannot connect to the Docker daemon"
            + "|error during connect|connection reset by peer|connection refused|EOF"
            + "|context canceled|grpc: the client connection is closing|transport is closing|ttrpc: closed"
            + "|containerd/containerd.sock|shim disconnected|is the docker daemon running");

    /**
     * What an engine says that was killed while it started the container: from then on it cannot be started by anybody, and
     * has to be created anew.
     */
    private static final Pattern BROKEN_BY_ENGINE = Pattern.compile("id already in use|task \\w+: already exists");

    /** Whose it is when it is down. */
    enum Policy {
        ALWAYS("always"),
        UNLESS_STOPPED("unless-stopped"),
        ON_FAILURE("on-failure"),
        /** Nobody's: {@code watchdog.enable=false}. */
        NONE("");

        private final String word;

        Policy(String word) {
            this.word = word;
        }

        /** The option of {@code docker run} that says so. */
        String label() {
            return this == NONE ? "--label=watchdog.enable=false" : "--label=watchdog.policy=" + word;
        }
    }

    /** What has to become of it, once there is no more trouble. */
    enum Promise {
        UP,
        DOWN,
        PAUSED,
        CREATED,
        GONE,
        /** A stop that nobody saw, or one right before the engine went, which nobody can tell from the engine's own. */
        EITHER
    }

    /** What anybody may do with it, by the state in which it is found. */
    enum Act {
        CRASH,
        EXIT_WITH_0,
        STOP,
        KILL,
        HANG_UP,
        PAUSE,
        UNPAUSE,
        START,
        RESTART,
        RENAME,
        REMOVE,
        RUN,
        CREATE;

        static List<Act> on(String state) {
            return switch (state) {
                case "running" ->
                    List.of(
                            CRASH,
                            CRASH,
                            CRASH,
                            EXIT_WITH_0,
                            STOP,
                            STOP,
                            STOP,
                            KILL,
                            HANG_UP,
                            HANG_UP,
                            PAUSE,
                            RESTART,
                            RENAME,
                            REMOVE);
                case "exited" -> List.of(START, START, START, RESTART, STOP, RENAME, REMOVE);
                case "paused" -> List.of(UNPAUSE, UNPAUSE, STOP, KILL, RESTART, RENAME, REMOVE);
                case "created" -> List.of(START, START, REMOVE);
                case "gone" -> List.of(RUN, RUN, CREATE);
                default -> List.of();
            };
        }
    }

    /** What the engine says of it. */
    record Seen(String state, Instant started, Instant finished, int exitCode, long pid, String name, String error) {

        private static final Seen GONE = new Seen("gone", Instant.MIN, Instant.MIN, 0, 0, "", "");

        static Seen parse(String line) {
            String[] fields = line.split(" ", 7);
            return new Seen(
                    fields[0],
                    Instant.parse(fields[1]),
                    Instant.parse(fields[2]),
                    Integer.parseInt(fields[3]),
                    Long.parseLong(fields[4]),
                    fields[5].substring(1),
                    fields[6]);
        }

        boolean isRunning() {
            return state.equals("running");
        }
    }

    private final RealEngine engine;
    private final ChaosOutages outages;
    private final String name;
    private final Policy policy;
    private final List<String> told = new ArrayList<>();

    private String id = "";
    private Promise promise = Promise.GONE;
    private Instant started = Instant.MIN;
    private Instant stopped = Instant.MIN;
    private boolean stoppedByOperator;

    /** How many outages are considered in what is promised. */
    private int outagesSeen;

    ChaosContainer(RealEngine engine, ChaosOutages outages, String name, Policy policy) {
        this.engine = engine;
        this.outages = outages;
        this.name = name;
        this.policy = policy;
        this.outagesSeen = outages.count();
    }

    /** What is chosen, and by which chance, for the state in which it is found then. */
    interface Choice {
        Act of(List<Act> acts);
    }

    /** Does something with it; only the engine's going may make that fail, and then it is created anew. */
    synchronized void act(Choice choice) {
        boolean cutOff = !attempt(() -> {
            Seen seen = look();
            List<Act> acts = Act.on(seen.state());
            if (acts.isEmpty()) {
                return "found " + seen.state();
            }
            Act act = choice.of(acts);
            perform(act, seen);
            return act + " of what was " + seen.state();
        });
        while (cutOff) {
            cutOff = !attempt(this::createAnew);
        }
    }

    private String createAnew() {
        remove();
        up(engine.run(name, options()).id());
        return "created anew";
    }

    /** Whether that is what the engine says of a container that it was killed with. */
    static boolean isBrokenByEngine(String error) {
        return BROKEN_BY_ENGINE.matcher(error).find();
    }

    /** Creates it anew if nobody could start it any more. */
    synchronized void mend() {
        if (isBrokenByEngine(look().error())) {
            tell(createAnew() + ", for the engine could not start it");
        }
    }

    /** A command or some. */
    private interface Command {
        /** Returns what it has done. */
        String run();
    }

    /** Returns whether the engine was there all the time; else nobody knows what came of it. */
    private boolean attempt(Command command) {
        int before = outages.awaitEngine();
        considerOutages();
        try {
            String what = command.run();
            tell(what);
            return outages.count() == before;
        } catch (AssertionError e) {
            String message = String.valueOf(e.getMessage());
            boolean away =
                    outages.count() > before && ENGINE_AWAY.matcher(message).find();
            if (!away && !isBrokenByEngine(message)) {
                throw new AssertionError("an act failed: " + message + "\n" + this, e);
            }
            tell(away ? "cut off" : "refused by the engine: " + message);
            return false;
        }
    }

    /** Does this with it. */
    private void perform(Act act, Seen seen) {
        Instant before = Instant.now();
        switch (act) {
            case CRASH -> dies(seen, false, () -> engine.kill9(seen.pid()));
            case EXIT_WITH_0 -> dies(seen, true, () -> RealEngine.signal(seen.pid(), "USR2"));
            case STOP -> {
                engine.docker("stop", "--time=1", id);
                stopped(before, look());
            }
            case KILL -> {
                engine.docker("kill", id);
                stopped(before, awaitEnd(seen, () -> {}));
            }
            case HANG_UP -> engine.docker("kill", "--signal=HUP", id);
            case PAUSE -> {
                engine.docker("pause", id);
                promise(Promise.PAUSED, look());
            }
            case UNPAUSE -> {
                engine.docker("unpause", id);
                up(id);
            }
            case START -> {
                engine.docker("start", id);
                up(id);
            }
            case RESTART -> {
                engine.docker("restart", "--time=1", id);
                up(id);
            }
            case RENAME -> {
                String old = engine.name(name) + "-old";
                engine.docker("rename", id, seen.name().equals(old) ? engine.name(name) : old);
            }
            case REMOVE -> {
                remove();
                id = "";
                promise(Promise.GONE, Seen.GONE);
            }
            case RUN -> up(engine.run(name, options()).id());
            case CREATE -> {
                id = engine.create(name, options()).id();
                promise(Promise.CREATED, look());
            }
        }
    }

    private String[] options() {
        String script = "trap 'exit 143' TERM; trap 'exit 0' USR2; while :; do sleep 3600 & wait $!; done";
        return new String[] {policy.label(), "sh", "-c", script};
    }

    /** Also where the engine was cut off before it could tell the id. */
    private void remove() {
        String named = "name=^/?" + engine.name(name) + "(-old)?$";
        engine.docker("ps", "--all", "--quiet", "--filter", named)
                .lines()
                .forEach(one -> engine.docker("rm", "--force", one));
    }

    /**
     * It ends by itself; a signal that comes before its trap is there is lost, so it is sent until it works. That it ended with 0
     * is not to be read off the exit code alone: where it is up again by then, that is 0, too.
     */
    private void dies(Seen run, boolean well, Runnable signal) {
        Seen dead = awaitEnd(run, signal);
        boolean leave = policy == Policy.NONE || (policy == Policy.ON_FAILURE && well && dead.exitCode() == 0);
        promise(leave ? Promise.DOWN : Promise.UP, dead);
        stoppedByOperator = false;
    }

    /**
     * Waits until the engine tells of another process than that run's, or of none. A later finish time need not come: it was
     * waited for in vain once, of a run whose process was gone.
     */
    private Seen awaitEnd(Seen run, Runnable signal) {
        return Eventually.within(
                LIMIT,
                "the engine knows that " + id + " has ended",
                () -> {
                    Seen now = look();
                    if (now.pid() == run.pid()) {
                        signal.run();
                    }
                    return now;
                },
                now -> now.pid() != run.pid());
    }

    /** An operator has had it stopped; one that was down already has stayed what it was. */
    private void stopped(Instant before, Seen now) {
        if (!now.finished().isAfter(before)) {
            return;
        }
        switch (policy) {
            case ALWAYS -> promise(Promise.UP, now);
            case NONE -> promise(Promise.DOWN, now);
            // Before watchdog is back nobody sees why it is down, or somebody does.
            default -> promise(outages.isWatchdogAway() ? Promise.EITHER : Promise.DOWN, now);
        }
        stoppedByOperator = true;
        stopped = Instant.now();
    }

    private void up(String newId) {
        id = newId;
        promise(Promise.UP, look());
    }

    private void promise(Promise promised, Seen seen) {
        promise = promised;
        started = seen.started();
    }

    /** What the outages that are over have made of what was promised. */
    private void considerOutages() {
        for (; outagesSeen < outages.count(); outagesSeen++) {
            if (promise == Promise.UP || promise == Promise.PAUSED) {
                promise = policy == Policy.NONE ? Promise.DOWN : Promise.UP;
            } else if (promise == Promise.DOWN
                    && stoppedByOperator
                    && policy != Policy.NONE
                    && !outages.wasProven(stopped, outagesSeen)) {
                promise = Promise.EITHER;
            }
        }
    }

    private Seen look() {
        return id.isEmpty() ? Seen.GONE : look(engine, List.of(this)).get(0);
    }

    private static List<Seen> look(RealEngine engine, List<ChaosContainer> all) {
        String format = "{{.State.Status}} {{.State.StartedAt}} {{.State.FinishedAt}} {{.State.ExitCode}}"
                + " {{.State.Pid}} {{.Name}} {{json .State.Error}}";
        return docker(engine, all, "container", "inspect", "--format=" + format)
                .lines()
                .map(Seen::parse)
                .toList();
    }

    private static String docker(RealEngine engine, List<ChaosContainer> all, String... command) {
        return engine.docker(Stream.concat(Stream.of(command), all.stream().map(one -> one.id))
                .toArray(String[]::new));
    }

    /** An operator starts them all by one command. */
    static void startAll(RealEngine engine, List<ChaosContainer> all) {
        docker(engine, all, "start");
        List<Seen> seen = look(engine, all);
        IntStream.range(0, all.size()).forEach(index -> all.get(index).promise(Promise.UP, seen.get(index)));
    }

    /** An operator stops them all by one command. */
    static void stopAll(RealEngine engine, List<ChaosContainer> all) {
        Instant before = Instant.now();
        docker(engine, all, "stop", "--time=1");
        List<Seen> seen = look(engine, all);
        IntStream.range(0, all.size()).forEach(index -> {
            all.get(index).stopped(before, seen.get(index));
            all.get(index).tell("stopped with the others");
        });
    }

    /** Begins with one that is up. */
    synchronized void begin() {
        up(engine.run(name, options()).id());
    }

    /** What is promised by now. */
    synchronized Promise promise() {
        considerOutages();
        return promise;
    }

    synchronized String id() {
        return id;
    }

    /** The process id of the one that is up, or 0. */
    synchronized long pid() {
        return look().pid();
    }

    /** Whether an operator's stop is what keeps it down, which outlives watchdog. */
    synchronized boolean isKeptDown() {
        return promise() == Promise.DOWN && stoppedByOperator && policy != Policy.NONE;
    }

    /** Empty if it is as is promised, else what is wrong. */
    synchronized String wrong() {
        considerOutages();
        Seen seen = look();
        boolean untouched = seen.started().equals(started);
        boolean right = switch (promise) {
            case UP -> policy == Policy.NONE ? seen.isRunning() && untouched : seen.isRunning() || endedWell(seen);
            case DOWN -> seen.state().equals("exited") && untouched;
            case PAUSED -> seen.state().equals("paused") && untouched;
            case CREATED -> seen.state().equals("created");
            case GONE -> seen.state().equals("gone") && isRemoved();
            case EITHER -> seen.isRunning() || seen.state().equals("exited");
        };
        return right ? "" : "found " + seen + "\n" + this;
    }

    /** After the engine was killed it may know no better than that. */
    private boolean endedWell(Seen seen) {
        return policy == Policy.ON_FAILURE && seen.state().equals("exited") && seen.exitCode() == 0;
    }

    private boolean isRemoved() {
        return engine.docker("ps", "--all", "--quiet", "--filter", "name=^/?" + engine.name(name) + "(-old)?$")
                .isEmpty();
    }

    private void tell(String what) {
        told.add(Instant.now() + " " + what + ": " + promise);
    }

    @Override
    public synchronized String toString() {
        String last = String.join("\n    ", told.subList(Math.max(0, told.size() - 12), told.size()));
        return "%s %s (%s), promised since %s: %s%n    %s"
                .formatted(policy, engine.name(name), id, started, promise, last);
    }
}
