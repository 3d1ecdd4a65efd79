package dev.bistro.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How rates and times are written. */
class RateTest {
    @ParameterizedTest
    @CsvSource({
        "10/s, 0, 100, 10",
        "100/min, 0, 600, 100",
        "1000/h, 0, 3600, 1000",
        "86400/d, 0, 1000, 86400",
        "5/10s, 0, 2000, 5",
        "20/15min, 0, 45000, 20",
        "4/100ms, 0, 25, 4",
        "1/s, 0, 1000, 1",
        "10/s, 1, 100, 1",
        "10/s, 50, 100, 50"
    })
    void isReadAsAnIntervalAndABurst(String text, int burst, long millis, int most) {
        assertEquals(Optional.of(new Rate(text, millis * 1_000_000, most)), Rate.parse(text, burst));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10",
                "10/",
                "/s",
                "0/s",
                "-1/s",
                "+1/s",
                "1.5/s",
                "10/S",
                "10/sec",
                "10/m",
                "10/month",
                "10 / s",
                "10/ s",
                "10/0s",
                "10/s/s",
                "10/-1s",
                "10/1",
                "٣/s",
                "10000000/s",
                "99999999999/s",
                "1/999999999d",
                "1/367d",
                "10/y"
            })
    void isNoRate(String text) {
        assertEquals(Optional.empty(), Rate.parse(text, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_000_001, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void isNoBurst(int burst) {
        assertEquals(Optional.empty(), Rate.parse("10/s", burst));
    }

    @ParameterizedTest
    @CsvSource({"1/300d, 2", "1/d, 367"})
    void aBucketThatIsntFullWithinAYearIsNone(String text, int burst) {
        assertEquals(Optional.empty(), Rate.parse(text, burst));
    }

    @ParameterizedTest
    @CsvSource({"1ms, 1", "500ms, 500", "2s, 2000", "15min, 900000", "1h, 3600000", "1d, 86400000"})
    void timesHaveAUnit(String text, long millis) {
        assertEquals(Optional.of(Duration.ofMillis(millis)), Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "s",
                "0s",
                "-2s",
                "2 s",
                "2S",
                "2m",
                "2sec",
                "PT2S",
                "1.5s",
                "9999999999s",
                "2s ",
                "367d",
                "999999999h",
                "999999999d"
            })
    void isNoTime(String text) {
        assertEquals(Optional.empty(), Durations.parse(text));
    }
}
