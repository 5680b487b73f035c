package watchdog.policy.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Life;
import watchdog.policy.Lifecycle;

/** Tries every sequence of moves in one setting, the shortest first, and none twice from situations that are alike. */
final class Explorer {

    /**
     * How a situation was reached.
     *
     * @param move what led to it from the one before, or null at the beginning
     * @param beginning the name of the situation at the beginning
     */
    private record Way(@Nullable Way before, @Nullable Move move, String beginning, int depth) {

        /** The moves from the beginning, one a line. */
        String inWords() {
            List<String> moves = new ArrayList<>();
            for (Way way = this; way.before != null; way = way.before) {
                moves.add(0, way.move + "");
            }
            return beginning + ":\n      " + String.join("\n      ", moves);
        }
    }

    private record Reached(Situation situation, Way way) {}

    /**
     * What has come of it.
     *
     * @param depth to which all sequences were tried
     * @param isFixpoint whether there are no more situations
     * @param violations each with the shortest sequence that leads to it
     */
    record Report(
            String setting,
            int depth,
            int states,
            long transitions,
            boolean isFixpoint,
            double seconds,
            Map<String, String> violations) {

        @Override
        public String toString() {
            return String.format(
                    "%-60s depth %2d%s, %,9d states, %,10d transitions, %5.1f s",
                    setting, depth, isFixpoint ? " (all there is)" : "", states, transitions, seconds);
        }
    }

    private final Setting setting;
    private final Lifecycle lifecycle;
    private final Peace peace;
    private final Map<Quotient.Key, Way> known = new HashMap<>();
    private final Deque<Reached> next = new ArrayDeque<>();
    private final Map<String, String> violations = new LinkedHashMap<>();
    private long transitions;

    Explorer(Setting setting) {
        this.setting = setting;
        this.lifecycle = setting.lifecycle();
        this.peace = new Peace(setting, lifecycle);
    }

    Report explore(Map<String, Situation> beginnings, long nanos, int mostStates) {
        long begin = System.nanoTime();
        beginnings.forEach((name, situation) -> reach(situation, new Way(null, null, name, 0)));
        int depth = 0;
        while (!next.isEmpty() && System.nanoTime() - begin < nanos && known.size() < mostStates) {
            Reached reached = next.remove();
            depth = reached.way.depth;
            goOn(reached);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Report(setting.name(), depth, known.size(), transitions, next.isEmpty(), seconds, violations);
    }

    private void goOn(Reached from) {
        for (Move move : Move.values()) {
            if (!move.isPossible(from.situation)) {
                continue;
            }
            transitions++;
            Way way = new Way(from.way, move, from.way.beginning, from.way.depth + 1);
            Turn turn = new Turn(setting, lifecycle, from.situation);
            try {
                move.make(turn);
            } catch (RuntimeException e) {
                violated(List.of("an exception: " + e + " at " + e.getStackTrace()[0]), way, from.situation);
                continue;
            }
            Situation to = turn.situation();
            List<String> broken = new ArrayList<>(turn.violations());
            broken.addAll(Invariants.of(to));
            if (broken.isEmpty()) {
                reach(to, way);
            } else {
                violated(broken, way, to);
            }
        }
    }

    private void reach(Situation situation, Way way) {
        if (known.putIfAbsent(Quotient.of(setting, situation), way) != null) {
            return;
        }
        List<String> broken = peace.outcomeOf(situation);
        if (!broken.isEmpty()) {
            violated(broken.stream().map(what -> "at peace afterwards " + what).toList(), way, situation);
        }
        next.add(new Reached(situation, way));
    }

    private void violated(List<String> broken, Way way, Situation at) {
        for (String what : broken) {
            String kind = what.replaceAll("\\d{4}-[^,\\]]*|OptionalInt.\\d+.", "…");
            violations.computeIfAbsent(kind, k -> what + "\n    " + way.inWords() + "\n    then " + inWords(at));
        }
    }

    private static String inWords(Situation at) {
        Life life = at.life();
        String known = life == null
                ? "it is not known"
                : life.phase() + "\n         " + life.operation() + "\n         " + life.attempts() + ", wakes at "
                        + life.wakeAt() + (life.isOpen() ? ", open" : "") + ", known since " + life.knownSince();
        return known + "\n         in truth " + at.world().truth + "\n         now " + at.now();
    }
}
