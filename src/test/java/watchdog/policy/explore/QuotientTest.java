package watchdog.policy.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import watchdog.policy.Life;
import watchdog.policy.Lifecycle;

/** That situations of which the exploration tries only one go on alike. */
class QuotientTest {

    private static final int WALKS = 300;
    private static final int STEPS = 40;

    /** By more than any threshold, and by a fraction. */
    private static final Shift SHIFT = new Shift(Duration.ofDays(40).plusMillis(217));

    @Test
    void aLifeGoesOnAlikeAtAnotherTime() {
        for (Setting setting : ExplorationTest.settings()) {
            Lifecycle lifecycle = setting.lifecycle();
            walk(setting, lifecycle, (from, move) -> {
                Situation shifted = shifted(from);
                if (!move.isPossible(shifted)) {
                    return;
                }
                Situation to = made(setting, lifecycle, from, move);
                Life expected = to.life() == null ? null : SHIFT.of(to.life());
                assertThat(made(setting, lifecycle, shifted, move).life())
                        .as("after %s from %s", move, from.life())
                        .isEqualTo(expected);
            });
        }
    }

    /** Of each key the first situation is compared with each later one. */
    @Test
    void situationsOfTheSameKeyGoOnAlike() {
        for (Setting setting : ExplorationTest.settings()) {
            Lifecycle lifecycle = setting.lifecycle();
            Map<Quotient.Key, Situation> first = new HashMap<>();
            List<String> differences = new ArrayList<>();
            walk(setting, lifecycle, (at, unused) -> {
                Situation other = first.putIfAbsent(Quotient.of(setting, at), at);
                if (other != null && differences.isEmpty()) {
                    String difference = difference(setting, lifecycle, at, other);
                    if (difference != null) {
                        differences.add(difference);
                    }
                }
            });
            assertThat(differences).as(setting.name()).isEmpty();
        }
    }

    private interface Visitor {
        void visit(Situation from, Move move);
    }

    private static void walk(Setting setting, Lifecycle lifecycle, Visitor visitor) {
        Random random = new Random(7);
        List<Situation> beginnings = List.copyOf(Beginnings.of(setting).values());
        for (int walk = 0; walk < WALKS; walk++) {
            Situation at = beginnings.get(random.nextInt(beginnings.size()));
            for (int step = 0; step < STEPS; step++) {
                Situation from = at;
                List<Move> possible = Arrays.stream(Move.values())
                        .filter(move -> move.isPossible(from))
                        .toList();
                if (possible.isEmpty()) {
                    break;
                }
                Move move = possible.get(random.nextInt(possible.size()));
                visitor.visit(from, move);
                at = made(setting, lifecycle, from, move);
            }
        }
    }

    private static Situation made(Setting setting, Lifecycle lifecycle, Situation from, Move move) {
        Turn turn = new Turn(setting, lifecycle, from);
        move.make(turn);
        return turn.situation();
    }

    private static @Nullable String difference(Setting setting, Lifecycle lifecycle, Situation one, Situation other) {
        Map<Move, List<Integer>> ways = ways(setting, lifecycle, one);
        Map<Move, List<Integer>> otherWays = ways(setting, lifecycle, other);
        for (Move move : Move.values()) {
            List<Integer> way = ways.get(move);
            if (way == null ? otherWays.containsKey(move) : !way.equals(otherWays.get(move))) {
                return move + " leads to\n  " + way + "\n  " + otherWays.get(move) + "\n  from " + inWords(one)
                        + "\n  or   " + inWords(other);
            }
        }
        return null;
    }

    private static String inWords(Situation at) {
        return at.life() + "\n  now " + at.now() + " " + at.world().truth;
    }

    private static Map<Move, List<Integer>> ways(Setting setting, Lifecycle lifecycle, Situation from) {
        Map<Move, List<Integer>> ways = new EnumMap<>(Move.class);
        for (Move move : Move.values()) {
            if (move.isPossible(from)) {
                ways.put(move, Quotient.numbersOf(setting, made(setting, lifecycle, from, move)));
            }
        }
        return ways;
    }

    private static Situation shifted(Situation from) {
        return new Situation(
                from.life() == null ? null : SHIFT.of(from.life()), from.world().shifted(SHIFT), SHIFT.at(from.now()));
    }
}
