package watchdog.policy.explore;

/**
 * How much may befall a container yet, so that there is an end to the states.
 *
 * @param crashes of its process
 * @param acts of operators
 * @param outages of the engine
 * @param faults of single calls, and of the events
 * @param turns of its health
 * @param delays of what is told
 * @param ends of watchdog
 * @param holds by operators
 */
record Budget(int crashes, int acts, int outages, int faults, int turns, int delays, int ends, int holds) {

    static final int KINDS = 8;

    /** So many of that kind and so many of that other one; the kinds are counted in the order above. */
    static Budget of(int kind, int count, int other, int ofOther) {
        int[] of = new int[KINDS];
        of[kind] += count;
        of[other] += ofOther;
        return new Budget(of[0], of[1], of[2], of[3], of[4], of[5], of[6], of[7]);
    }

    String inWords() {
        String words = words(crashes, "crash")
                + words(acts, "act")
                + words(outages, "outage")
                + words(faults, "fault")
                + words(turns, "turn")
                + words(delays, "delay")
                + words(ends, "end")
                + words(holds, "hold");
        return words.strip();
    }

    private static String words(int count, String what) {
        return count == 0 ? "" : " " + count + " " + what;
    }

    Budget lessCrash() {
        return new Budget(crashes - 1, acts, outages, faults, turns, delays, ends, holds);
    }

    Budget lessAct() {
        return new Budget(crashes, acts - 1, outages, faults, turns, delays, ends, holds);
    }

    Budget lessOutage() {
        return new Budget(crashes, acts, outages - 1, faults, turns, delays, ends, holds);
    }

    Budget lessFault() {
        return new Budget(crashes, acts, outages, faults - 1, turns, delays, ends, holds);
    }

    Budget lessTurn() {
        return new Budget(crashes, acts, outages, faults, turns - 1, delays, ends, holds);
    }

    Budget lessDelay() {
        return new Budget(crashes, acts, outages, faults, turns, delays - 1, ends, holds);
    }

    Budget lessEnd() {
        return new Budget(crashes, acts, outages, faults, turns, delays, ends - 1, holds);
    }

    Budget lessHold() {
        return new Budget(crashes, acts, outages, faults, turns, delays, ends, holds - 1);
    }
}
