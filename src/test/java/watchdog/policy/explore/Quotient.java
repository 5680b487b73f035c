package watchdog.policy.explore;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Attempts;
import watchdog.policy.CallAnswer;
import watchdog.policy.Cause;
import watchdog.policy.ContainerState;
import watchdog.policy.Created;
import watchdog.policy.Down;
import watchdog.policy.Kill;
import watchdog.policy.Life;
import watchdog.policy.Operation;
import watchdog.policy.Phase;
import watchdog.policy.Rules;
import watchdog.policy.Tries;
import watchdog.policy.Up;

/**
 * What of a situation decides how it can go on. Instants are ages, and old from where no rule compares them; the
 * engine's own times are numbered by first occurrence; counts end where more makes no difference; what is only told is
 * left out.
 */
final class Quotient {

    /** Two situations of the same key go on alike. That others have the same one by chance is as good as impossible. */
    record Key(long high, long low) {

        @Override
        public int hashCode() {
            return (int) low;
        }

        private static Key of(byte[] bytes, int length) {
            long high = 0x9E3779B97F4A7C15L;
            long low = 0xC2B2AE3D27D4EB4FL;
            for (int i = 0; i < length; i++) {
                high = Long.rotateLeft((high ^ bytes[i]) * 0xFF51AFD7ED558CCDL, 29);
                low = Long.rotateLeft((low ^ bytes[i]) * 0x9FB21C651E98DF25L, 31) + high;
            }
            return new Key(mixed(high ^ length), mixed(low));
        }

        private static long mixed(long value) {
            long once = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
            long twice = (once ^ (once >>> 33)) * 0xC4CEB9FE1A85EC53L;
            return twice ^ (twice >>> 33);
        }
    }

    private static final byte NONE = 120;
    private static final long SETTLES = 3;
    private static final long LONGEST = 16;
    private static final long KILL_IS_LATE = 6;

    private final Rules rules;
    private final Instant now;
    private final ByteBuffer key = ByteBuffer.allocate(512);
    private final List<Instant> engineTimes = new ArrayList<>();

    private Quotient(Rules rules, Situation situation) {
        this.rules = rules;
        this.now = situation.now();
        Life life = situation.life();
        flag(life != null);
        if (life != null) {
            put(life);
        }
        put(life, situation.world());
        putOrder(life, situation.world());
    }

    static Key of(Setting setting, Situation situation) {
        Quotient quotient = new Quotient(setting.rules(), situation);
        return Key.of(quotient.key.array(), quotient.key.position());
    }

    /** What the key is made of. */
    static List<Integer> numbersOf(Setting setting, Situation situation) {
        Quotient quotient = new Quotient(setting.rules(), situation);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < quotient.key.position(); i++) {
            numbers.add((int) quotient.key.get(i));
        }
        return numbers;
    }

    private void put(Life life) {
        flag(life.name().equals(Setting.NAME));
        flag(life.isInspected());
        flag(life.isOpen());
        flag(life.isOrphan());
        put(life.phase());
        Operation operation = life.operation();
        flag(operation != null);
        if (operation != null) {
            kind(operation.work());
            kind(operation.step());
            kind(operation.start());
            flag(operation.areEventsMissed());
            engineTime(operation.runStartedAt());
            flag(operation.isForHealth());
            flag(operation.isStopTold());
            put(operation.answer());
        }
        Attempts attempts = life.attempts();
        put(attempts.starts());
        put(attempts.restarts());
        number(Math.min(attempts.inVain(), rules.giveUpAfter()));
        age(life.wakeAt(), LONGEST);
    }

    private void put(Phase phase) {
        if (phase instanceof Up up) {
            number(1);
            kind(up.state());
            age(up.since(), SETTLES);
            kind(up.health());
            put(up.kill());
            age(up.evidence().outOfMemoryAt(), 10);
            flag(up.evidence().engineGone());
            age(up.evidence().eventsEndedAt(), LONGEST);
            engineTime(up.startedAt());
        } else if (phase instanceof Down down) {
            number(2);
            put(down.cause());
            flag(down.isRestarting());
            put(down.kill());
            age(down.since(), LONGEST);
            number(
                    down.exitCode().isEmpty()
                            ? NONE
                            : Math.min(1, down.exitCode().getAsInt()));
        } else if (phase instanceof Created created) {
            number(3);
            flag(created.error().isEmpty());
        } else {
            number(4);
            kind(phase.status().state());
        }
    }

    private void put(@Nullable Kill kill) {
        if (kill == null) {
            number(NONE);
            return;
        }
        number(kill.signal() == 1 ? 1 : 2);
        flag(kill.toStop());
        flag(kill.own());
        flag(kill.doubted());
        Duration age = Duration.between(kill.at(), now);
        boolean isOver = age.compareTo(kill.takes().plusSeconds(LONGEST)) > 0;
        flag(isOver);
        age(isOver ? null : kill.at(), kill.toStop() ? KILL_IS_LATE : 30);
    }

    private void put(Cause cause) {
        if (cause instanceof Cause.Accident accident) {
            kind(accident);
        } else {
            Cause.Proof proof = ((Cause.Stop) cause).proof();
            if (proof instanceof Cause.Proof.Sure sure) {
                number(11);
                engineTime(sure.finishedAt());
            } else if (proof instanceof Cause.Proof.Doubted doubted) {
                number(12);
                engineTime(doubted.finishedAt());
            } else {
                number(10);
                engineTime(((Cause.Proof.Told) proof).diedAt());
            }
        }
    }

    private void put(Tries tries) {
        number(Math.min(3, tries.count()));
        age(tries.count() == 0 ? null : tries.last(), 4);
    }

    private void put(@Nullable CallAnswer answer) {
        if (answer == null) {
            number(NONE);
        } else if (answer instanceof CallAnswer.Accepted) {
            number(1);
        } else if (answer instanceof CallAnswer.Unchanged) {
            number(2);
        } else if (answer instanceof CallAnswer.TooLate) {
            number(7);
        } else if (answer instanceof CallAnswer.Refused refused) {
            number(refused.begun() ? 3 : 4);
        } else {
            number(((CallAnswer.Unanswered) answer).begun() ? 5 : 6);
        }
    }

    private void put(@Nullable Life life, World world) {
        put(world.truth);
        putIf(world.mayLag(now) ? world.before : null);
        kind(world.engine);
        kind(world.operator);
        flags(world.isStreamOpen, world.isDying, world.inspectAgain, world.hasPlace, world.lists, world.toldGone);
        flags(world.toldEvents, world.killTold, world.stopProven, world.anyStop, world.anyShutdown, world.isSignalled);
        flag(world.isKillDoubted);
        flag(world.isHeld);
        number(world.events.size());
        for (Event event : world.events) {
            kind(event.kind());
            number(event.number());
            kind(event.health());
            flag(event.name().equals(Setting.NAME));
            flag(event.byOperator());
            boolean isDeath = event.kind() == Event.Kind.DIE;
            flag(isDeath && now.isBefore(event.at().plusSeconds(1)));
            engineTime(isDeath ? event.finishedAt() : null);
            number(isDeath ? order(event.finishedAt(), runStartedAt(life)) : NONE);
            boolean isEnd = event.kind() == Event.Kind.EVENTS_END;
            flag(isEnd && world.inspection != null && event.at().isBefore(world.inspection.asked()));
            flag(isEnd && world.listing != null && event.at().isBefore(world.listing.asked()));
        }
        put(world.inspection);
        flag(world.inspection != null
                && world.stopTold != null
                && world.inspection.asked().isAfter(world.stopTold));
        put(world.listing);
        flag(world.call != null);
        if (world.call != null) {
            kind(world.call.work());
            kind(world.call.stage());
            flag(world.call.isUnchecked());
            age(world.call.asked(), SETTLES);
            put(world.call.answer());
        }
        engineTime(world.remembered);
        boolean mayBeEcho = world.restarts.count() > 0 && !world.restarts.isUp();
        age(mayBeEcho ? world.restarts.last() : null, KILL_IS_LATE);
        age(world.stopTold, SETTLES);
        put(world.starts);
        put(world.restarts);
        Budget budget = world.budget;
        number(budget.crashes());
        number(budget.acts());
        number(budget.outages());
        number(budget.faults());
        number(budget.turns());
        number(budget.delays());
        number(budget.ends());
        number(budget.holds());
    }

    /** By the engine's clock. */
    private static @Nullable Instant runStartedAt(@Nullable Life life) {
        Operation operation = life == null ? null : life.operation();
        if (operation != null && operation.runStartedAt() != null) {
            return operation.runStartedAt();
        }
        return life != null && life.phase() instanceof Up up ? up.startedAt() : null;
    }

    /** A key is a row of numbers, made and compared within one run; no number of it is ever kept. */
    @SuppressWarnings("EnumOrdinal")
    private void kind(Enum<?> value) {
        number(value.ordinal());
    }

    private void putIf(@Nullable Truth truth) {
        flag(truth != null);
        if (truth != null) {
            put(truth);
        }
    }

    private void put(Truth truth) {
        kind(truth.state());
        number(truth.exitCode());
        flag(truth.error().isEmpty());
        engineTime(truth.startedAt());
        engineTime(truth.finishedAt());
        age(truth.state() == ContainerState.EXITED ? truth.since() : null, LONGEST);
        kind(truth.health());
        flag(truth.name().equals(Setting.NAME));
        kind(truth.why());
    }

    private void put(@Nullable Question question) {
        flag(question != null);
        if (question != null) {
            flag(question.isOfDown());
            putIf(question.seen());
        }
    }

    private void put(Tried tried) {
        boolean isForgotten = tried.isForgotten(rules, now);
        number(isForgotten ? 0 : Math.min(3, tried.count()));
        number(isForgotten ? 0 : Math.min(rules.giveUpAfter(), tried.accepted()));
        flag(!isForgotten && tried.isUp());
        age(isForgotten ? null : tried.last(), 4);
        age(isForgotten ? null : tried.asked(), SETTLES);
    }

    /** Which came first, of what is only ever compared with one another. */
    private void putOrder(@Nullable Life life, World world) {
        Instant inspection = world.inspection == null ? null : world.inspection.asked();
        Instant listing = world.listing == null ? null : world.listing.asked();
        Instant known = life == null ? null : life.knownSince();
        Instant step = life == null || life.operation() == null
                ? null
                : life.operation().since();
        Instant down = life != null && life.phase() instanceof Down phase ? phase.since() : null;
        for (Instant asked : new Instant[] {inspection, listing}) {
            for (Instant other : new Instant[] {known, step, down, now}) {
                number(order(asked, other));
            }
        }
        number(order(inspection, world.stopTold));
        Instant ended =
                life != null && life.phase() instanceof Up up ? up.evidence().eventsEndedAt() : null;
        if (ended == null || world.truth.finishedAt() == null) {
            number(NONE);
        } else {
            Duration later = Duration.between(ended, world.truth.since()).plusMillis(1);
            number((int) Math.max(-3, Math.min(3, later.toSeconds())));
        }
    }

    private static int order(@Nullable Instant asked, @Nullable Instant other) {
        return asked == null || other == null ? 0 : 2 + Integer.signum(asked.compareTo(other));
    }

    private void number(int number) {
        key.put((byte) number);
    }

    private void flag(boolean flag) {
        key.put((byte) (flag ? 1 : 0));
    }

    private void flags(boolean a, boolean b, boolean c, boolean d, boolean e, boolean f) {
        number((a ? 1 : 0) | (b ? 2 : 0) | (c ? 4 : 0) | (d ? 8 : 0) | (e ? 16 : 0) | (f ? 32 : 0));
    }

    /** In half seconds, from 0, or what is beyond so many seconds; also of what is to come. */
    private void age(@Nullable Instant at, long oldAfterSeconds) {
        if (at == null) {
            number(NONE);
            return;
        }
        long half = at.isBefore(now.minusSeconds(oldAfterSeconds + 1))
                ? 100
                : Math.min(
                        100,
                        Math.floorDiv(Duration.between(at, now).plusMillis(1).toMillis(), 500));
        boolean isOld = half > 2 * oldAfterSeconds;
        number((int) (isOld ? 100 : Math.max(-100, half)));
    }

    private void engineTime(@Nullable Instant time) {
        if (time == null) {
            number(NONE);
            return;
        }
        int index = engineTimes.indexOf(time);
        if (index < 0) {
            index = engineTimes.size();
            engineTimes.add(time);
        }
        number(index);
    }
}
