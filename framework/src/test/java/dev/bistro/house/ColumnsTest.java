package dev.bistro.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No line of code, comment or prose is longer than {@value #MOST} columns, anywhere in the project. */
class ColumnsTest {
    private static final int MOST = 120;
    private static final Path PROJECT = Sources.MODULE.resolve("..").normalize();

    /** A text block says what a text is, to the letter. */
    @Test
    void sourcesKeepToThem() {
        List<Path> files = files(".java");
        assertTrue(files.size() > 900, "files are found at all: " + files.size());
        var faults = new ArrayList<String>();
        for (Path file : files) {
            boolean isCode = true;
            List<String> lines = Sources.read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean turns = line.split("\"\"\"", -1).length % 2 == 0;
                if (isCode && !turns && columns(line) > MOST) {
                    faults.add(file + ":" + (i + 1));
                }
                isCode ^= turns;
            }
        }
        assertNone(faults);
    }

    /** A table's row and a block of code can't be broken. */
    @Test
    void proseKeepsToThem() {
        List<Path> files = files(".md");
        assertTrue(files.size() > 40, "files are found at all: " + files.size());
        var faults = new ArrayList<String>();
        for (Path file : files) {
            boolean isProse = true;
            List<String> lines = Sources.read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (line.strip().startsWith("```") || line.startsWith("<!--") || line.startsWith("-->")) {
                    isProse = !isProse;
                } else if (isProse && !line.strip().startsWith("|") && columns(line) > MOST && canBeBroken(line)) {
                    faults.add(file + ":" + (i + 1));
                }
            }
        }
        assertNone(faults);
    }

    /** Whether there is a space within the columns, after the indentation. */
    private static boolean canBeBroken(String line) {
        String text = line.strip();
        int last = line.lastIndexOf(' ', MOST);
        return last > line.indexOf(text) + 2;
    }

    private static int columns(String line) {
        return line.codePointCount(0, line.length());
    }

    private static List<Path> files(String suffix) {
        return Sources.files(PROJECT, suffix).stream()
                .filter(file -> !file.toString().contains("/target/"))
                .toList();
    }

    private static void assertNone(List<String> faults) {
        assertEquals(List.of(), faults, () -> faults.size() + " lines are longer than " + MOST + " columns");
    }
}
