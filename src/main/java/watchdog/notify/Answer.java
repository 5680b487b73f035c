package watchdog.notify;

/**
 * What a target said to a message.
 *
 * @param words for people; without secrets
 */
record Answer(Kind kind, String words) {

    /** What it means. */
    enum Kind {
        /** It has taken it. */
        TAKEN,
        /** It may take it later. */
        NOT_NOW,
        /** It will not take it. */
        NEVER
    }

    static Answer taken(String words) {
        return new Answer(Kind.TAKEN, words);
    }

    static Answer notNow(String words) {
        return new Answer(Kind.NOT_NOW, words);
    }

    static Answer never(String words) {
        return new Answer(Kind.NEVER, words);
    }
}
