package dev.bistro.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles the Java in the user documentation. All {@code java} blocks of a page stand in one class, so that a block can use what another declares: a block
 * that begins like a declaration is members of it, any other is the body of a method. Imports go to the top, below those that every page has.
 */
class SnippetsTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern DECLARATION = Pattern.compile(
            "^(@|/\\*\\*|(public|private|static|final|abstract|sealed|class|interface|record|enum)\\b).*",
            Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("^import .*;\\n", Pattern.MULTILINE);

    private static final String IMPORTS = """
            import static org.junit.jupiter.api.Assertions.*;
            import static org.mockito.Mockito.*;
            import dev.bistro.*;
            import dev.bistro.annotation.*;
            import dev.bistro.body.*;
            import dev.bistro.config.*;
            import dev.bistro.feed.*;
            import dev.bistro.file.*;
            import dev.bistro.html.*;
            import dev.bistro.http.*;
            import dev.bistro.testing.*;
            import jakarta.inject.*;
            import java.io.*;
            import java.math.*;
            import java.nio.file.Path;
            import java.time.*;
            import java.util.*;
            import java.util.concurrent.*;
            import org.junit.jupiter.api.Test;
            import org.mockito.Mock;
            """;

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> guide = Files.list(Path.of("guide"))) {
            return Stream.concat(Stream.of(TOP.resolve("README.md")), guide.sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void compile(Path page, @TempDir Path classes) throws IOException {
        assertEquals(
                List.of(),
                faults(Files.readString(page), classes).stream()
                        .map(Object::toString)
                        .toList());
    }

    @Test
    void acceptsGoodBlocksAndFindsBadOnes(@TempDir Path classes) {
        String good = """
                ```java
                @Route("/x")
                final class X {
                    @Get
                    String get() {
                        return "";
                    }
                }
                ```
                and
                ```java
                Server server = Bistro.app(X.class).port(0).start();
                ```
                """;
        assertEquals(List.of(), List.copyOf(faults(good, classes)));
        assertFalse(faults(good.replace("port(0)", "prot(0)"), classes).isEmpty());
        assertFalse(faults(good.replace("String get", "Strong get"), classes).isEmpty());
    }

    private static Collection<?> faults(String page, Path classes) {
        var members = new ArrayList<String>();
        var imports = new StringBuilder(IMPORTS);
        BLOCK.matcher(page).results().map(block -> block.group(1)).forEach(block -> {
            IMPORT.matcher(block).results().forEach(line -> imports.append(line.group()));
            String code = IMPORT.matcher(block).replaceAll("").strip();
            members.add(
                    DECLARATION.matcher(code).matches()
                            ? code
                            : "void snippet" + members.size() + "() throws Exception {\n" + code + "\n}");
        });
        return Compiler.compile(
                classes,
                List.of(new Compiler.Source(
                        "Page", imports + "class AllOfThePage {\n" + String.join("\n", members) + "\n}")));
    }
}
