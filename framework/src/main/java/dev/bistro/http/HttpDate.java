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

    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int MOST_YEAR = 9999;

    private HttpDate() {}

    /** What texts are read by. Each answer has a date, few requests do, and Java loads a hundred classes for these. */
    private static final class Formats {
        static final DateTimeFormatter IMF_FIXDATE = formatter("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
        static final DateTimeFormatter ASCTIME = formatter("EEE MMM ppd HH:mm:ss yyyy");
    }

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
        LocalDateTime utc = LocalDateTime.ofEpochSecond(date.getEpochSecond(), 0, ZoneOffset.UTC);
        if (utc.getYear() < 1 || utc.getYear() > MOST_YEAR) {
            return Formats.IMF_FIXDATE.format(date.truncatedTo(ChronoUnit.SECONDS));
        }
        var text = new StringBuilder("Thu, 01 Jan 1970 00:00:00 GMT".length());
        text.append(
                DAYS, 3 * utc.getDayOfWeek().ordinal(), 3 * utc.getDayOfWeek().getValue());
        appendDigits(text.append(", "), utc.getDayOfMonth(), 2);
        text.append(' ').append(MONTHS, 3 * utc.getMonth().ordinal(), 3 * utc.getMonthValue());
        appendDigits(text.append(' '), utc.getYear(), 4);
        appendDigits(text.append(' '), utc.getHour(), 2);
        appendDigits(text.append(':'), utc.getMinute(), 2);
        appendDigits(text.append(':'), utc.getSecond(), 2);
        return text.append(" GMT").toString();
    }

    private static void appendDigits(StringBuilder text, int number, int digits) {
        String written = Integer.toString(number);
        text.append("0".repeat(digits - written.length())).append(written);
    }

    /**
     * The date of a text in one of the three formats of HTTP; empty for any other text, so that the field counts as
     * missing.
     */
    public static Optional<Instant> parse(String text) {
        for (DateTimeFormatter format : List.of(Formats.IMF_FIXDATE, rfc850(), Formats.ASCTIME)) {
            try {
                return Optional.of(format.parse(text, Instant::from));
            } catch (DateTimeException another) {
                continue;
            }
        }
        return Optional.empty();
    }
}
