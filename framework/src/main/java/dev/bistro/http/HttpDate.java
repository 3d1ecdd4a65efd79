package dev.bistro.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Dates in header fields, exact to the second: {@code HttpDate.format(Instant.EPOCH)} is
 * {@code Thu, 01 Jan 1970 00:00:00 GMT}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110, section 5.6.7</a>
 */
public final class HttpDate {
    private static final int YEARS_AHEAD = 50;

    private static final DateTimeFormatter IMF_FIXDATE = formatter("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ASCTIME = formatter("EEE MMM ppd HH:mm:ss yyyy");

    private HttpDate() {}

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
    }

    /** The format with a year of two digits; a year that would be more than 50 years ahead belongs to the past. */
    private static DateTimeFormatter rfc850() {
        int first = LocalDateTime.now(ZoneOffset.UTC).getYear() + YEARS_AHEAD - 99;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, first)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US)
                .withZone(ZoneOffset.UTC);
    }

    /** The text of a date, without its fraction of a second. */
    public static String format(Instant date) {
        return IMF_FIXDATE.format(date.truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * The date of a text in one of the three formats of HTTP; empty for any other text, so that the field counts as
     * missing.
     */
    public static Optional<Instant> parse(String text) {
        for (DateTimeFormatter format : List.of(IMF_FIXDATE, rfc850(), ASCTIME)) {
            try {
                return Optional.of(format.parse(text, Instant::from));
            } catch (DateTimeException another) {
                continue;
            }
        }
        return Optional.empty();
    }
}
