package dev.bistro.observe;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class LoggingContextTest {
    /** Else the time of each request would be taken, although nobody wants to know it. */
    @Test
    void wantsToHearOfNoRequest() {
        assertFalse(LoggingContext.find().orElseThrow().isOn());
    }
}
