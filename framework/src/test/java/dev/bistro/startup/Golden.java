package dev.bistro.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The golden texts of startup faults, each in a file of {@code src/test/resources/faults}, so that reviews see whole
 * messages. With {@code -Dgolden.update=true} the files are written instead.
 */
public final class Golden {
    private Golden() {}

    /**
     * Compares the report of these problems with {@code /faults/<name>.txt}: {@code assertGolden("duplicate-route",
     * problems)}.
     */
    public static void assertGolden(String name, Problems problems) {
        assertReport(name, new StartupException(problems.found()).getMessage());
    }

    /** The same, with a word in place of a text that varies, such as the name of a temporary folder. */
    public static void assertGolden(String name, Problems problems, String varying, String word) {
        assertReport(name, new StartupException(problems.found()).getMessage().replace(varying, word));
    }

    /** Compares a report that another process printed. */
    public static void assertText(String name, String told) {
        assertReport(name, told);
    }

    private static void assertReport(String name, String told) {
        String report = withoutLines(told);
        if (Boolean.getBoolean("golden.update")) {
            write(name, report);
        } else {
            assertEquals(read("/faults/" + name + ".txt"), report);
        }
    }

    /**
     * Replaces line numbers, which change with every edit of a test: {@code (ItemTest.java:23)} by {@code
     * (ItemTest.java:n)}.
     */
    private static String withoutLines(String report) {
        return report.replaceAll("\\.java:\\d+\\)", ".java:n)");
    }

    private static void write(String name, String report) {
        try {
            Files.writeString(Path.of("src/test/resources/faults", name + ".txt"), report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String resource) {
        try (InputStream in = Golden.class.getResourceAsStream(resource)) {
            assertNotNull(in, () -> "There is no golden text src/test/resources" + resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
