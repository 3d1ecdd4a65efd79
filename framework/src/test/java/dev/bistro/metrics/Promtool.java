package dev.bistro.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.wire.Command;

/** What Prometheus' own tool says of a text; a test is skipped where it isn't installed. */
public final class Promtool {
    private Promtool() {}

    /** Asserts that it reads the text, and finds nothing to say about it. */
    public static void assertNoWarning(String text) {
        Command.Output said =
                Command.of("promtool", "check", "metrics").withInput(text).run();
        assertEquals("", said.out() + said.err(), text);
        assertEquals(0, said.status());
    }
}
