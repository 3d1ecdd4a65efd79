package dev.bistro.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.scan.CompiledApplication;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Javadoc from the compiler to whoever asks for it at run time. */
class ClassWordsTest {
    private static final String SHOP = """
            package acme;
            import dev.bistro.annotation.*;
            import java.util.*;
            /** What is for sale. */
            @Route("/items")
            public class Shop implements Described {
                /**
                 * An item: {@code a<b}.
                 *
                 * @param name what it is
                 *     called
                 * @param price in {@link java.util.Currency}
                 */
                public record Item(String name, int price) {}
                public static class Bean {
                    /** How many. */
                    int size;
                }
                /**
                 * Finds items. The <b>newest</b>
                 * come first.
                 * <p>Others don\u0027t.
                 * @param ids which
                 * @return all of them
                 */
                @Get("/{ids}") public List<Item> find(String[] ids, Map<String, Item> more, long x) { return null; }
                /** Not for clients. */
                public void helper() {}
                @Get("/above") public String above(int limit) { return ""; }
            }
            interface Described {
                /**
                 * From above.
                 * @param limit how many
                 */
                @Get("/above") String above(int limit);
            }
            """;

    @TempDir
    Path directory;

    @Test
    void keepsTheJavadocOfAllThatIsDescribed() throws Exception {
        Path classes = new CompiledApplication(directory).compile(true, Map.of("acme/Shop.java", SHOP)).classes;
        try (var loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ClassWordsTest.class.getClassLoader())) {
            Class<?> shop = loader.loadClass("acme.Shop");
            Class<?> item = loader.loadClass("acme.Shop$Item");
            var words = new ClassWords();
            assertEquals(Optional.of("What is for sale."), words.of(shop));
            assertEquals(Optional.of("An item: `a<b`."), words.of(item));
            assertEquals(Optional.of("what it is called"), words.of(item, "name"));
            assertEquals(Optional.of("in `Currency`"), words.of(item, "price"));
            assertEquals(Optional.of("How many."), words.of(loader.loadClass("acme.Shop$Bean"), "size"));
            Method find = shop.getMethod("find", String[].class, Map.class, long.class);
            assertEquals(Optional.of("Finds items. The newest come first.\n\nOthers don't."), words.of(find));
            assertEquals(Optional.of("which"), words.ofParameter(find, "ids"));
            assertEquals(Optional.of("all of them"), words.ofResult(find));
            assertEquals(Optional.empty(), words.ofParameter(find, "x"));
            assertEquals(Optional.empty(), words.of(shop.getMethod("helper")));
            Method above = shop.getMethod("above", int.class);
            assertEquals(Optional.of("From above."), words.of(above));
            assertEquals(Optional.of("how many"), words.ofParameter(above, "limit"));
        }
    }

    /** An annotation of a parameter's type, as constraints are, is part of the compiler's name of it. */
    @Test
    void keepsTheJavadocOfParametersWithAnnotationsOfTypes() throws Exception {
        String marked = """
                package acme;
                import dev.bistro.annotation.*;
                import jakarta.validation.constraints.*;
                import java.util.*;
                @Route("/marked")
                public class Marked {
                    /**
                     * Finds.
                     * @param limit how many
                     */
                    @Get public String find(@Min(0) @Max(9) int limit, @NotNull String @Size(max = 3) [] words,
                            @NotNull List<@Size(max = 3) String> more, @NotNull java.util.@NotNull UUID id) {
                        return "";
                    }
                }
                """;
        Path classes = new CompiledApplication(directory).compile(true, Map.of("acme/Marked.java", marked)).classes;
        try (var loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ClassWordsTest.class.getClassLoader())) {
            Class<?> type = loader.loadClass("acme.Marked");
            Method find = type.getMethod("find", int.class, String[].class, List.class, java.util.UUID.class);
            assertEquals(Optional.of("Finds."), new ClassWords().of(find));
            assertEquals(Optional.of("how many"), new ClassWords().ofParameter(find, "limit"));
        }
    }

    @Test
    void saysNothingOfClassesThatWereCompiledWithoutIt() {
        assertEquals(Optional.empty(), new ClassWords().of(String.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a {@code x<y>} b                     | a `x<y>` b
            see {@link Foo#bar(int)}             | see `Foo.bar`
            see {@link java.util.List the list}  | see the list
            {@literal <b>} &lt;i&gt; &amp;amp;   | <b> <i> &amp;
            {@code {"a":{"b":1}}}                | `{"a":{"b":1}}`
            one<br>two <em>three</em>            | one two three
            <code>x</code>                       | `x`
            """)
    void becomesMarkdown(String html, String markdown) {
        assertEquals(markdown, Javadoc.parse(html).text());
    }

    @Test
    void listsStayLists() {
        assertEquals(
                "All:\n\n- one\n- two",
                Javadoc.parse(" All:\n <ul>\n <li>one</li>\n <li>two</li>\n </ul>")
                        .text());
        assertEquals(
                List.of("a", "<T>"),
                List.copyOf(Javadoc.parse("x\n@param a b\n@param <T> c")
                        .parameters()
                        .keySet()));
    }
}
