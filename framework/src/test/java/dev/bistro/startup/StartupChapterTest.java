package dev.bistro.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide explains each kind of startup fault that the code reports. */
class StartupChapterTest {
    private static final Pattern ROW = Pattern.compile("^\\| (`[a-z-]+`(, `[a-z-]+`)*) \\|.*\\|.*\\|$");
    private static final Pattern REPORTED = Pattern.compile("^\\d+\\) \\[([a-z-]+)\\]", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\"([a-z]+(-[a-z]+)+)\"");

    /** Kinds that only tests of the report use. */
    private static final Set<String> EXAMPLES = Set.of("ambiguous-route", "audit-nowhere");

    private static Set<String> written() throws IOException {
        var kinds = new TreeSet<String>();
        for (String line : Files.readAllLines(Path.of("guide/startup.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                kinds.addAll(List.of(row.group(1).replace("`", "").split(", ")));
            }
        }
        return kinds;
    }

    private static Set<String> found(Path folder, String suffix, Pattern pattern) throws IOException {
        var found = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(suffix)).toList()) {
                pattern.matcher(Files.readString(file)).results().forEach(match -> found.add(match.group(1)));
            }
        }
        return found;
    }

    @Test
    void hasEachKindThatHasAGoldenText() throws IOException {
        Set<String> golden = found(Path.of("src/test/resources/faults"), ".txt", REPORTED);
        golden.removeAll(EXAMPLES);
        assertTrue(golden.size() > 100, () -> golden.size() + " kinds have golden texts");
        golden.removeAll(written());
        assertEquals(Set.of(), golden, "kinds that guide/startup.md doesn't tell of");
    }

    @Test
    void hasNoKindThatTheCodeDoesNotKnow() throws IOException {
        Set<String> written = written();
        written.removeAll(found(Path.of("src/main/java"), ".java", WORD));
        assertEquals(Set.of(), written);
    }
}
