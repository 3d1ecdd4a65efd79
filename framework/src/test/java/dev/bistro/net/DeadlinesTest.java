package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A connection's deadlines; the write timeout is 60 s. */
class DeadlinesTest {
    private final Deadlines deadlines = new Deadlines(60_000);

    @Test
    void givesAClientTheTimeForEachFourKibibytes() {
        assertEquals(60_000, deadlines.writeTimeLeft(0, 0));
        assertEquals(1_000, deadlines.writeTimeLeft(59_000, 4_095));
        assertEquals(60_000, deadlines.writeTimeLeft(59_000, 4_096));
        assertEquals(1_000, deadlines.writeTimeLeft(118_000, 8_191));
    }

    @Test
    void takesNoByteNowAndThenForProgress() {
        for (int second = 0; second <= 60; second++) {
            assertEquals(60_000 - second * 1_000, deadlines.writeTimeLeft(second * 1_000, second));
        }
        assertTrue(deadlines.writeTimeLeft(60_001, 61) < 0);
    }

    @Test
    void beginsAnewWhenAllWasTaken() {
        deadlines.writeTimeLeft(0, 0);
        deadlines.allWritten();
        assertEquals(60_000, deadlines.writeTimeLeft(59_000, 10));
    }

    @Test
    void tellsTheProtocolOnce() {
        deadlines.set(0, 100);
        assertFalse(deadlines.takeDue(100));
        assertTrue(deadlines.takeDue(101));
        assertFalse(deadlines.takeDue(1_000));
    }

    @Test
    void isIdleUntilThereIsSomethingElseToWaitFor() {
        assertEquals(Long.MAX_VALUE, deadlines.idleSince());
        deadlines.setIdle(5, 100);
        assertEquals(5, deadlines.idleSince());
        deadlines.set(10, 100);
        assertEquals(Long.MAX_VALUE, deadlines.idleSince());
        deadlines.setIdle(20, 100);
        deadlines.clear();
        assertEquals(Long.MAX_VALUE, deadlines.idleSince());
    }
}
