package dev.bistro.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Compares startup reports with their golden texts in {@code src/test/resources/faults}. */
public final class Golden {
    private Golden() {}

    /** Asserts that the report of the problems is the text of {@code /faults/<name>.txt}, to the letter. */
    public static void assertGolden(String name, Problems problems) {
        try (InputStream file = Golden.class.getResourceAsStream("/faults/" + name + ".txt")) {
            assertNotNull(file, "No golden text /faults/" + name + ".txt");
            String golden = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(golden, new StartupException(problems.found()).getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
