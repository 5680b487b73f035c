package watchdog.serve;

/** How something that is watched is, for whoever asks what is wrong: the worst comes first. */
enum Condition {
    GIVEN_UP("Given up", Look.BAD),
    MISSING("Missing", Look.BAD),
    CRASH_LOOP("In a crash loop", Look.BAD),
    DOWN("Down", Look.BAD),
    UNHEALTHY("Unhealthy", Look.WARN),
    /** It runs, and is to be restarted for another reason than ill health. */
    TO_RESTART("About to be restarted", Look.WARN),
    HELD("Held and not up", Look.WARN),
    UNKNOWN("Not known yet", Look.OFF),
    /** It is down, and the rules leave it so. */
    LEFT("Down and left so", Look.OFF),
    UP("Up", Look.GOOD);

    /** By which the style sheet colours it. */
    enum Look {
        BAD,
        WARN,
        OFF,
        GOOD
    }

    private final String words;
    private final Look look;

    Condition(String words, Look look) {
        this.words = words;
        this.look = look;
    }

    /** As a heading. */
    String words() {
        return words;
    }

    Look look() {
        return look;
    }

    /** Whether somebody may want to do something about it. */
    boolean isTrouble() {
        return look == Look.BAD || look == Look.WARN;
    }

    /** Of a container, by its fields in {@link watchdog.report.Board}. */
    static Condition of(Fields container) {
        if (container.is("givenUp")) {
            return GIVEN_UP;
        }
        if (container.is("crashLoop")) {
            return CRASH_LOOP;
        }
        return switch (container.text("standing")) {
            case "up" -> container.is("well") ? UP : TO_RESTART;
            case "unhealthy" -> UNHEALTHY;
            case "left" -> LEFT;
            case "down" -> container.is("held") ? HELD : DOWN;
            default -> UNKNOWN;
        };
    }
}
