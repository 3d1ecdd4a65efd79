package dev.bistro.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Compares startup reports with the texts in {@code /faults}. */
public final class Golden {
    private Golden() {}

    public static void assertGolden(String name, Problems problems) {
        assertEquals(text("/faults/" + name + ".txt"), new StartupException(problems.found()).getMessage());
    }

    private static String text(String resource) {
        try (InputStream in = Golden.class.getResourceAsStream(resource)) {
            assertNotNull(in, resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
