package dev.bistro.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampGranularityTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.500Z");

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05.479Z, true, 0, written before the tick",
        "2026-01-02T03:04:05.481Z, false, 2, written within it",
        "2026-01-02T03:04:05.500Z, false, 21, written now",
        "2026-01-02T03:04:05.600Z, false, 0, by a clock that is ahead of ours",
        "2026-01-03T03:04:05.600Z, true, 0, set to the future on purpose",
        "2026-01-02T03:04:04Z, false, 0, in whole seconds: a coarse clock",
        "2026-01-02T03:04:02Z, true, 0, in whole seconds and long ago",
        "1994-11-15T08:12:31Z, true, 0, long ago",
    })
    void knowsWhenATimeNamesOneStateOnly(Instant time, boolean passed, long wait, String why) {
        assertEquals(passed, TimestampGranularity.tickHasPassed(time, NOW), why);
        assertEquals(wait, TimestampGranularity.millisToWait(time, NOW), why);
    }
}
