package watchdog.policy;

import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Why a container is down, as far as anybody saw. */
public sealed interface Cause {

    /** The cause in words that complete "… because …", with the exit code where it says something. */
    String inWords(OptionalInt exitCode);

    /** It went down by itself, or with the engine, or by watchdog's own doing: nobody wanted it down. */
    enum Accident implements Cause {
        /** Its process ended by itself. */
        CRASH {
            @Override
            public String inWords(OptionalInt exitCode) {
                return ExitCode.inWords(exitCode);
            }
        },
        /** Its process was ended because its memory limit was reached. */
        OUT_OF_MEMORY {
            @Override
            public String inWords(OptionalInt exitCode) {
                return "it ran out of memory";
            }
        },
        /** It went down together with the engine. */
        OUTAGE {
            @Override
            public String inWords(OptionalInt exitCode) {
                return "it went down with the engine";
            }
        },
        /** A restart by watchdog took it down and did not bring it up again. */
        OWN_RESTART {
            @Override
            public String inWords(OptionalInt exitCode) {
                return "watchdog's own restart took it down";
            }
        },
        /** It was found down; nobody saw why. */
        UNWITNESSED {
            @Override
            public String inWords(OptionalInt exitCode) {
                return "it exited" + ExitCode.withCode(exitCode) + ", and nobody saw why";
            }
        }
    }

    /** An operator stopped it. */
    record Stop(Proof proof) implements Cause {
        @Override
        public String inWords(OptionalInt exitCode) {
            return proof.isPending() ? "it was stopped just now" : "an operator stopped it";
        }
    }

    /** How sure an operator's stop is: an engine that shuts down tells the same at first. */
    sealed interface Proof {

        /** Whether it may yet turn out that the engine was shutting down. */
        default boolean isPending() {
            return false;
        }

        /** Whether what finished then, by the engine's clock, is another run than the one that was stopped. */
        boolean isOfAnotherRun(Instant finishedAt);

        /**
         * The stop was told, and the engine has not answered since.
         *
         * @param diedAt when the death was told to have been, by the engine's clock, or null where that was not told
         */
        record Told(@Nullable Instant diedAt) implements Proof {

            /** One of which the time is not known. */
            public Told() {
                this(null);
            }

            @Override
            public boolean isPending() {
                return true;
            }

            @Override
            public boolean isOfAnotherRun(Instant other) {
                return diedAt != null && other.isAfter(diedAt);
            }
        }

        /**
         * The engine went on after the stop.
         *
         * @param finishedAt by the engine's clock, which tells this stop from any other, or null where it did not tell
         */
        record Sure(@Nullable Instant finishedAt) implements Proof {
            @Override
            public boolean isOfAnotherRun(Instant other) {
                return finishedAt != null && !finishedAt.equals(other);
            }
        }

        /**
         * It was sure, and since then nobody told for a while what happens: it may have been started and have ended again.
         *
         * @param finishedAt as of {@link Sure}
         */
        record Doubted(@Nullable Instant finishedAt) implements Proof {
            @Override
            public boolean isOfAnotherRun(Instant other) {
                return finishedAt != null && !finishedAt.equals(other);
            }
        }
    }
}
