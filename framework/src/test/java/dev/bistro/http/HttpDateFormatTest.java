package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Dates are written by hand, and read by Java's formats: what Java would write is what counts. */
class HttpDateFormatTest {
    private static final DateTimeFormatter JAVA = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final long SECONDS_OF_A_YEAR = 31_556_952;
    private static final long SEED = 20;

    @Test
    void writesEachDateAsJavaDoes() {
        var random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            long seconds = (long) (random.nextDouble() * 12_000 * SECONDS_OF_A_YEAR) - 2_000 * SECONDS_OF_A_YEAR;
            Instant date = Instant.ofEpochSecond(seconds, random.nextInt(1_000_000_000));
            assertEquals(JAVA.format(date), HttpDate.format(date));
        }
    }

    @Test
    void writesTheFirstAndLastOfAMonth() {
        assertEquals("Thu, 01 Jan 1970 00:00:00 GMT", HttpDate.format(Instant.EPOCH));
        assertEquals("Wed, 31 Dec 1969 23:59:59 GMT", HttpDate.format(Instant.EPOCH.minusNanos(1)));
        assertEquals("Thu, 29 Feb 2024 23:59:59 GMT", HttpDate.format(Instant.parse("2024-02-29T23:59:59.9Z")));
    }
}
