package dev.bistro.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each startup fault that the framework tells has a golden text: a new one without fails here. */
class GoldenTextsTest {
    /**
     * A fault's name where it is given: {@code Problem.of("bad-hook", …)}, {@code point.problem("two-sources", …)},
     * {@code new Problem("x-y", …)}.
     */
    private static final Pattern GIVEN =
            Pattern.compile("\\b(?:Problem\\s*\\.of|problem|Problem)\\(\\s*\"([a-z]+(?:-[a-z]+)+)\"");

    private static final Pattern TOLD = Pattern.compile("(?m)^(?:[0-9]+\\) )?\\[([a-z]+(?:-[a-z]+)+)] ");

    private static Set<String> names(List<java.nio.file.Path> files, Pattern pattern) {
        var names = new TreeSet<String>();
        for (var file : files) {
            pattern.matcher(Sources.read(file)).results().forEach(found -> names.add(found.group(1)));
        }
        return names;
    }

    @Test
    void eachFaultHasAGoldenText() {
        Set<String> given = names(Sources.files(Sources.MAIN, ".java"), GIVEN);
        Set<String> told = names(Sources.files(Sources.MODULE.resolve("src/test/resources/faults"), ".txt"), TOLD);
        assertTrue(given.size() > 90, "faults are found at all: " + given);
        given.removeAll(told);
        assertEquals(Set.of(), given);
    }
}
