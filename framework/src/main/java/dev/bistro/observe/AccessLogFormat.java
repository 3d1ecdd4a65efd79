package dev.bistro.observe;

import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/** How a line of the access log is written. */
public enum AccessLogFormat {
    /** Not at all. */
    OFF,

    /** As Apache's {@code common}. */
    COMMON,

    /** As Apache's {@code combined}: with {@code Referer} and {@code User-Agent}. */
    COMBINED,

    /** As one JSON object with all that is known. */
    JSON;

    /** What makes lines, for one thread; empty if there are none. */
    Optional<Function<AccessEntry, String>> lines() {
        return switch (this) {
            case OFF -> Optional.empty();
            case COMMON -> Optional.of(new ApacheLines(false, ZoneId.systemDefault())::line);
            case COMBINED -> Optional.of(new ApacheLines(true, ZoneId.systemDefault())::line);
            case JSON -> Optional.of(new JsonLines()::line);
        };
    }
}
