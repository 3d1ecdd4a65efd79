package dev.bistro.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Startup reports, compared whole with the files in {@code src/test/resources/faults}. */
public final class Golden {
    private Golden() {}

    public static void assertGolden(String name, Problems problems) {
        assertEquals(read("/faults/" + name + ".txt"), new StartupException(problems.found()).getMessage());
    }

    private static String read(String resource) {
        try (InputStream in = Golden.class.getResourceAsStream(resource)) {
            return in == null ? "There is no " + resource : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
