package dev.bistro.file;

import java.time.Duration;
import java.time.Instant;

/**
 * The granularity of files' modification times. The clock behind them advances in ticks (of 4 or 10 ms on Linux, 16 ms
 * on Windows), and some file systems keep whole seconds only, FAT every second one. Two writes within one tick leave
 * the same time. So a time identifies one state of a file, as a strong validator must, only when its tick has passed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.1">RFC 9110, section 8.8.1</a>
 */
final class TimestampGranularity {
    private static final Duration FINE = Duration.ofMillis(20);
    private static final Duration COARSE = Duration.ofSeconds(3);

    private TimestampGranularity() {}

    /**
     * Whether a write now or later leaves another time than this one. A time far in the future was set on purpose, and
     * counts as passed.
     */
    static boolean tickHasPassed(Instant time, Instant now) {
        return !now.isBefore(time.plus(tick(time))) || time.isAfter(now.plus(COARSE));
    }

    /** How long to wait until the tick has passed; 0 if it has passed, or if waiting would take too long. */
    static long millisToWait(Instant time, Instant now) {
        Duration left = Duration.between(now, time.plus(tick(time)));
        return tickHasPassed(time, now) || left.compareTo(FINE) > 0 ? 0 : left.toMillis() + 1;
    }

    private static Duration tick(Instant time) {
        return time.getNano() == 0 ? COARSE : FINE;
    }
}
