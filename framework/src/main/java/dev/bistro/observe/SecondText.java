package dev.bistro.observe;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** A time as text, which is made once for all entries of the same second. For one thread. */
final class SecondText {
    private final DateTimeFormatter format;
    private long second = Long.MIN_VALUE;
    private String text = "";

    SecondText(DateTimeFormatter format) {
        this.format = format;
    }

    String of(long millis) {
        long asked = Math.floorDiv(millis, 1_000L);
        if (asked != second) {
            second = asked;
            text = format.format(Instant.ofEpochSecond(asked));
        }
        return text;
    }
}
