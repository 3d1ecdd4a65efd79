package dev.bistro.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, section 14.1.2, for a body of 100 bytes. */
class ByteRangesTest {
    private static String read(String field) {
        ByteRanges ranges = ByteRanges.parse(field, 100);
        return !ranges.valid()
                ? "whole"
                : ranges.ranges().stream().map(s -> s.first() + "-" + s.last()).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-9 | 0-9",
                "Bytes=0-0 | 0-0",
                "bytes=90- | 90-99",
                "bytes=90-1000 | 90-99",
                "bytes=-10 | 90-99",
                "bytes=-1000 | 0-99",
                "bytes=0-0, -1 | 0-0 99-99",
                "bytes=50-59, 0-9 | 50-59 0-9",
                "bytes=50-59, 0-9, 5-20 | 0-20 50-59",
                "bytes=0-9,100-200 | 0-9",
                "bytes=100- | ''",
                "bytes=-0 | ''",
                "bytes=100-200,500- | ''",
                "bytes=9-0 | whole",
                "bytes= | whole",
                "bytes=- | whole",
                "bytes=a-b | whole",
                "bytes=+1-2 | whole",
                "bytes=1-2-3 | whole",
                "bytes=,0-9,, | 0-9",
                "bytes=, | whole",
                "bytes=90-99999999999999999999 | 90-99",
                "bytes=-99999999999999999999 | 0-99",
                "bytes=99999999999999999999- | ''",
                "items=0-9 | whole",
                "0-9 | whole"
            })
    void readsRanges(String field, String expected) {
        assertEquals(expected, read(field));
    }

    @ParameterizedTest
    @CsvSource({"32, true", "33, false"})
    void refusesVeryMany(int count, boolean valid) {
        assertEquals(
                valid,
                ByteRanges.parse("bytes=" + "0-0,".repeat(count - 1) + "0-0", 100)
                        .valid());
    }
}
