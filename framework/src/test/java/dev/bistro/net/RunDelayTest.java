package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDelayTest {
    @ParameterizedTest
    @CsvSource({
        "1 2 3, 2",
        "0 86502 1, 86502",
        "12 345, 345",
        "12, 0",
        "'', 0",
        "12 , 0",
        "1 18446744073 9, 18446744073"
    })
    void readsTheSecondNumber(String text, long nanos) {
        assertEquals(nanos, RunDelay.parse(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))));
    }

    /** What a thread waits for by itself isn't among it, which is what it is for. */
    @Test
    void leavesOutWhatTheThreadWaitsForItself() {
        RunDelay delay = RunDelay.ofThisThread();
        ByteBuffer buffer = RunDelay.newBuffer();
        long start = System.nanoTime();
        long before = delay.nanos(buffer);
        LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
        long delayed = RunDelay.between(before, delay.nanos(buffer));
        long waited = System.nanoTime() - start;
        assertTrue(delayed >= 0 && delayed < waited, delayed + " of " + waited);
        delay.close();
        assertEquals(RunDelay.UNKNOWN, delay.nanos(buffer));
        assertEquals(0, RunDelay.between(5, RunDelay.UNKNOWN));
        assertEquals(0, RunDelay.between(RunDelay.UNKNOWN, 5));
        assertEquals(3, RunDelay.between(5, 8));
    }
}
