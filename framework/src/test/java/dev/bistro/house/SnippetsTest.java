package dev.bistro.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles the Java in the user documentation, as {@link GuidePage} puts it together. */
class SnippetsTest {
    static Stream<Path> pages() throws IOException {
        return GuidePage.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void compile(Path page, @TempDir Path classes) {
        assertEquals(
                List.of(),
                GuidePage.read(page).compile(classes).stream()
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
        assertEquals(List.of(), new GuidePage(good).compile(classes));
        assertFalse(new GuidePage(good.replace("port(0)", "prot(0)"))
                .compile(classes)
                .isEmpty());
        assertFalse(new GuidePage(good.replace("String get", "Strong get"))
                .compile(classes)
                .isEmpty());
    }
}
