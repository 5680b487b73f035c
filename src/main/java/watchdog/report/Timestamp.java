package watchdog.report;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time at which a line is logged, by the host's clock and with the offset of its zone. */
final class Timestamp {

    /** Not of the host's locale: in Thailand it would count years, and in Egypt write digits, as nobody expects. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSxxx", Locale.ROOT);

    private Timestamp() {}

    /** As {@code 2026-11-22 21:43:40.807+01:00}. */
    static String now() {
        // slf4j-simple could do that too, but would load Java's knowledge of all locales.
        return OffsetDateTime.now(ZoneId.systemDefault()).format(TIME);
    }
}
