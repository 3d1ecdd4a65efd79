package dev.bistro.limit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as annotations have them: {@code 500ms}, {@code 2s}, {@code 15min}, {@code 1h}, {@code 1d}. */
final class Durations {
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,9})(ms|s|min|h|d)");

    /** What is longer limits nothing, and the longest can't be counted in nanoseconds. */
    static final Duration LONGEST = Duration.ofDays(366);

    private Durations() {}

    /** Reads one that isn't zero, nor longer than {@link #LONGEST}; empty if it is none. */
    static Optional<Duration> parse(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        return parts.matches()
                ? Optional.of(UNITS.get(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1))))
                        .filter(duration -> !duration.isZero() && duration.compareTo(LONGEST) <= 0)
                : Optional.empty();
    }
}
