package dev.bistro.body.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.body.BodyWriter;
import dev.bistro.http.Converter;
import dev.bistro.http.MediaType;
import dev.bistro.scan.CompiledApplication;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What generated code doesn't know goes by Jackson, as a whole, and the reason can be told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedObstaclesTest {
    private static final String SHOP = """
            package shop;
            import com.fasterxml.jackson.annotation.*;
            import dev.bistro.annotation.*;
            import java.lang.annotation.*;
            import java.util.*;
            import java.util.function.Supplier;

            @Route
            public class Shop {
                record Plain(String name) {}
                public static class PlainConverter implements dev.bistro.http.Converter<Plain> {
                    public Plain convert(String text) { return new Plain(text); }
                    public String format(Plain plain) { return "formatted"; }
                }
                record Annotated(@JsonProperty("n") String name) {}
                @JsonIgnoreProperties("name") record AnnotatedClass(String name) {}
                record AnnotatedAccessor(String name) { @JsonIgnore public String name() { return name; } }
                record AnnotatedMore(String name) { @JsonProperty String more() { return "more"; } }
                interface HasName { @JsonProperty("n") String name(); }
                record AnnotatedAbove(String name) implements HasName {}
                @Retention(RetentionPolicy.RUNTIME) @JacksonAnnotationsInside @JsonProperty("n") @interface Renamed {}
                record AnnotatedByOther(@Renamed String name) {}
                record Getter(String first) { public String getFull() { return "full"; } }
                interface HasFull { default boolean isFull() { return true; } }
                record GetterAbove(String first) implements HasFull {}
                record Many(String name) implements Iterable<String> {
                    public Iterator<String> iterator() { return List.of(name).iterator(); }
                }
                private record Hidden(String name) {}
                record HasHidden(Hidden hidden) {}
                record HasArray(int[] numbers) {}
                record HasObject(Object any) {}
                record HasClass(Basket basket) {}
                static final class Basket { public String name = "b"; }
                record HasLocale(Locale locale) {}
                record HasRaw(@SuppressWarnings("rawtypes") List list) {}
                record HasUnknownKeys(Map<Plain, String> map) {}
                record HasWildcard(List<?> list) {}
                record Deep(Optional<List<Map<String, Annotated>>> deep) {}
                enum Odd { @JsonProperty("a") A }
                record HasOdd(Odd odd) {}
                @JsonTypeInfo(use = JsonTypeInfo.Id.NAME) sealed interface Shape permits Circle {}
                record Circle(int radius) implements Shape {}
                @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "radius")
                @JsonSubTypes(@JsonSubTypes.Type(value = Twice.class, name = "twice"))
                sealed interface Same permits Twice {}
                record Twice(int radius) implements Same {}
                @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", include = JsonTypeInfo.As.WRAPPER_OBJECT)
                @JsonSubTypes(@JsonSubTypes.Type(value = In.class, name = "in")) sealed interface Wrapped permits In {}
                record In(int radius) implements Wrapped {}
                @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
                @JsonSubTypes(@JsonSubTypes.Type(value = Told.class, name = "told"))
                sealed interface Plainly permits Told {}
                record Told(@JsonProperty("r") int radius) implements Plainly {}
                record Open(Sealed sealed) {}
                sealed interface Sealed permits Free {}
                static non-sealed class Free implements Sealed { public int x = 1; }
                record Page<T>(List<T> items) {}

                @Get("/1") Annotated annotated() { return new Annotated("x"); }
                @Get("/2") AnnotatedClass annotatedClass() { return new AnnotatedClass("x"); }
                @Get("/3") AnnotatedAccessor annotatedAccessor() { return new AnnotatedAccessor("x"); }
                @Get("/4") AnnotatedAbove annotatedAbove() { return new AnnotatedAbove("x"); }
                @Get("/5") AnnotatedByOther annotatedByOther() { return new AnnotatedByOther("x"); }
                @Get("/6") Getter getter() { return new Getter("x"); }
                @Get("/7") GetterAbove getterAbove() { return new GetterAbove("x"); }
                @Get("/8") Many many() { return new Many("x"); }
                @Get("/9") Hidden hidden() { return new Hidden("x"); }
                @Get("/10") HasHidden hasHidden() { return new HasHidden(new Hidden("x")); }
                @Get("/11") HasArray hasArray() { return new HasArray(new int[] {1}); }
                @Get("/12") HasObject hasObject() { return new HasObject(1); }
                @Get("/13") HasClass hasClass() { return new HasClass(new Basket()); }
                @Get("/14") HasLocale hasLocale() { return new HasLocale(Locale.ENGLISH); }
                @Get("/15") HasRaw hasRaw() { return new HasRaw(List.of(1)); }
                @Get("/16") HasUnknownKeys hasUnknownKeys() { return new HasUnknownKeys(Map.of(new Plain("x"), "y")); }
                @Get("/17") HasWildcard hasWildcard() { return new HasWildcard(List.of(1)); }
                @Get("/18") Deep deep() { return new Deep(Optional.of(List.of(Map.of("a", new Annotated("x"))))); }
                @Get("/19") HasOdd hasOdd() { return new HasOdd(Odd.A); }
                @Get("/20") Shape shape() { return new Circle(1); }
                @Get("/21") Open open() { return new Open(new Free()); }
                @Get("/22") Basket basket() { return new Basket(); }
                @Get("/23") Page<?> page() { return new Page<>(List.of(new Plain("x"))); }
                @Get("/24") Object object() { return new Plain("x"); }
                @Get("/25") AnnotatedMore annotatedMore() { return new AnnotatedMore("x"); }
                @Get("/26") Supplier<Plain> plain() { return () -> new Plain("x"); }
                @Get("/27") Map<String, Odd> odds() { return Map.of("a", Odd.A); }
                @Get("/29") Same same() { return new Twice(1); }
                @Get("/30") Wrapped wrapped() { return new In(1); }
                @Get("/31") Plainly plainly() { return new Told(1); }
                @Get("/28") Map<Plain, String> keys() { return Map.of(new Plain("x"), "y"); }
            }
            """;

    private Path directory;
    private URLClassLoader loader;

    @BeforeAll
    void compile(@TempDir Path directory) throws Exception {
        this.directory = directory;
        Path classes = new CompiledApplication(directory).compile(true, Map.of("shop/Shop.java", SHOP)).classes;
        loader = loader(classes);
    }

    private static URLClassLoader loader(Path classes) throws Exception {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, GeneratedObstaclesTest.class.getClassLoader());
    }

    @AfterAll
    void close() throws Exception {
        loader.close();
    }

    private Method method(String name) throws Exception {
        Method method = loader.loadClass("shop.Shop").getDeclaredMethod(name);
        method.setAccessible(true);
        return method;
    }

    private Object result(String name) throws Exception {
        return method(name)
                .invoke(loader.loadClass("shop.Shop").getConstructor().newInstance());
    }

    private static String write(JsonCodec codec, Type type, Object value) {
        byte[] json = codec.writer(type, MediaType.JSON).orElseThrow().write(value);
        return new String(json, StandardCharsets.UTF_8).replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            annotated | {'n':'x'} | Shop.Annotated has @JsonProperty
            annotatedClass | {} | Shop.AnnotatedClass has @JsonIgnoreProperties
            annotatedAccessor | {} | Shop.AnnotatedAccessor has @JsonIgnore
            annotatedMore | {'name':'x','more':'more'} | Shop.AnnotatedMore has @JsonProperty
            annotatedAbove | {'n':'x'} | Shop.AnnotatedAbove has @JsonProperty
            annotatedByOther | {'n':'x'} | Shop.AnnotatedByOther has @Renamed
            getter | {'first':'x','full':'full'} | Shop.Getter has the getter getFull()
            getterAbove | {'first':'x','full':true} | Shop.GetterAbove has the getter isFull()
            many | {'name':'x'} | Shop.Many is a java.lang.Iterable
            hidden | {'name':'x'} | Shop.Hidden is private
            hasHidden | {'hidden':{'name':'x'}} | Shop.HasHidden.hidden is shop.Shop.Hidden
            hasArray | {'numbers':[1]} | Shop.HasArray.numbers is int[]
            hasObject | {'any':1} | Shop.HasObject.any is java.lang.Object
            hasClass | {'basket':{'name':'b'}} | Shop.HasClass.basket is shop.Shop.Basket
            hasLocale | {'locale':'en'} | Shop.HasLocale.locale is java.util.Locale
            hasRaw | {'list':[1]} | Shop.HasRaw.list is java.util.List without what is in it
            hasUnknownKeys | {'map':{'Plain[name=x]':'y'}} | Shop.HasUnknownKeys.map is a map by shop.Shop.Plain
            hasWildcard | {'list':[1]} | Shop.HasWildcard.list is ?
            deep | {'deep':[{'a':{'n':'x'}}]} | Shop.Annotated has @JsonProperty
            hasOdd | {'odd':'a'} | Shop.Odd has @JsonProperty
            shape | {'@type':'Shop$Circle','radius':1} | Shop.Circle has @JsonTypeInfo
            open | {'sealed':{'x':1}} | Shop.Free is no record
            basket | {'name':'b'} | Shop.Basket is no record
            page | {'items':[{'name':'x'}]} | Object is no record
            object | {'name':'x'} | Object is no record
            plain |  | Supplier is no record
            odds | {'a':'a'} | Shop.Odd has @JsonProperty
            keys | {'Plain[name=x]':'y'} | a Shop.Plain is the key of a map
            same | | Shop.Twice has @JsonTypeInfo
            wrapped | {'in':{'radius':1}} | Shop.In has @JsonTypeInfo
            plainly | {'type':'told','r':1} | Shop.Told has @JsonProperty
            """)
    void areWrittenByJackson(String name, String json, String obstacle) throws Exception {
        Type type = method(name).getGenericReturnType();
        assertEquals(Optional.of(obstacle), new JsonCodec().writingObstacle(type));
        if (json != null) {
            assertEquals(json, write(new JsonCodec(), type, result(name)));
        }
    }

    @Test
    void settingsAndConvertersHaveTheirSay() throws Exception {
        Type type = loader.loadClass("shop.Shop$Page");
        Class<?> plain = loader.loadClass("shop.Shop$Plain");
        var problems = new Problems();
        JsonCodec snake = new JsonCodecFactory(
                        new JsonOptions(JsonNaming.SNAKE_CASE, JsonInclusion.ALWAYS, false), problems)
                .create();
        assertEquals(
                Optional.of("settings, modules or customizers change how JSON looks"), snake.writingObstacle(type));
        Class<?> declared = loader.loadClass("shop.Shop$PlainConverter");
        var converter = (Converter<?>) declared.getConstructor().newInstance();
        JsonCodec converting = new JsonCodecFactory(JsonOptions.DEFAULTS, problems)
                .addConverter(declared, converter, Place.of(plain))
                .create();
        assertEquals(Optional.of("Shop.Plain has a converter"), converting.writingObstacle(plain));
        assertEquals("'formatted'", write(converting, plain, result("object")));
        assertTrue(problems.isEmpty());
    }

    /** As an editor does that builds into the same folder. */
    @Test
    void codeOfFormerClassIsNotUsed(@TempDir Path other) throws Exception {
        String controller = """
                package shop;
                @dev.bistro.annotation.Route class C {
                    @dev.bistro.annotation.Get Item item() { return null; }
                    @dev.bistro.annotation.Get("/a") Named named() { return null; }
                    @dev.bistro.annotation.Get("/b") Typed typed() { return null; }
                }
                """;
        var application = new CompiledApplication(other)
                .compile(
                        true,
                        Map.of(
                                "shop/C.java", controller,
                                "shop/Item.java", "package shop; public record Item(String name) {}",
                                "shop/Named.java", "package shop; public record Named(String name) {}",
                                "shop/Typed.java", "package shop; public record Typed(int name) {}"));
        application.compile(
                false,
                Map.of(
                        "shop/Item.java", "package shop; public record Item(String name, int more) {}",
                        "shop/Named.java",
                                "package shop; import com.fasterxml.jackson.annotation.*;"
                                        + " public record Named(@JsonProperty(\"n\") String name) {}",
                        "shop/Typed.java", "package shop; public record Typed(String name) {}"));
        try (URLClassLoader changed = loader(application.classes)) {
            Class<?> item = changed.loadClass("shop.Item");
            Object value = item.getConstructor(String.class, int.class).newInstance("x", 1);
            assertEquals("{'name':'x','more':1}", write(new JsonCodec(), item, value));
            assertEquals(
                    Optional.of("Item was compiled again without the annotation processor"),
                    new JsonCodec().writingObstacle(item));
            Class<?> named = changed.loadClass("shop.Named");
            assertEquals(
                    "{'n':'x'}",
                    write(
                            new JsonCodec(),
                            named,
                            named.getConstructor(String.class).newInstance("x")));
            Class<?> typed = changed.loadClass("shop.Typed");
            assertEquals(
                    "{'name':'x'}",
                    write(
                            new JsonCodec(),
                            typed,
                            typed.getConstructor(String.class).newInstance("x")));
        }
        // compiled again alone, but with the processor
        application.compile(true, Map.of("shop/Item.java", "package shop; public record Item(String a, int b) {}"));
        try (URLClassLoader changed = loader(application.classes)) {
            assertEquals(Optional.empty(), new JsonCodec().writingObstacle(changed.loadClass("shop.Item")));
        }
        assertTrue(Files.exists(application.classes.resolve("shop/Item$BistroJson.class")));
    }

    // ---- values that generated code can't write

    public record Box(Object content) {}

    /** What is said of a fault is what Jackson says, and nothing of the value is left. */
    @Test
    void faultsAreJacksons() throws Exception {
        Class<?> page = loader.loadClass("shop.Shop$Page");
        var items = new ArrayList<Object>();
        Object cyclic = page.getDeclaredConstructors()[0];
        ((java.lang.reflect.Constructor<?>) cyclic).setAccessible(true);
        Object value = ((java.lang.reflect.Constructor<?>) cyclic).newInstance(items);
        items.add(value);
        BodyWriter jackson = JsonCodec.byJackson().writer(page, MediaType.JSON).orElseThrow();
        var writer = new GeneratedWriter(new GeneratedTypes(List.of()), () -> jackson);
        String expected =
                assertThrows(RuntimeException.class, () -> jackson.write(value)).getMessage();
        assertEquals(
                expected,
                assertThrows(RuntimeException.class, () -> writer.write(value)).getMessage());
        items.clear();
        assertArrayEquals(jackson.write(value), writer.write(value));
        items.add(new Box(1)); // a class without code
        assertArrayEquals(jackson.write(value), writer.write(value));
        items.set(0, new ArrayList<>(List.of(new Object() {
            public String getName() {
                return "bean";
            }
        })));
        assertArrayEquals(jackson.write(value), writer.write(value));
    }

    @Test
    void depthEndsWhereJacksonsDoes() {
        BodyWriter jackson = new JsonCodec().writer(List.class, MediaType.JSON).orElseThrow();
        for (int depth = 498; depth < 503; depth++) {
            Object value = 1;
            for (int i = 0; i < depth; i++) {
                value = List.of(value);
            }
            Object nested = value;
            var writer = new GeneratedWriter(new GeneratedTypes(List.of()), () -> any -> {
                throw new IllegalStateException("Jackson");
            });
            if (depth <= 500) {
                assertArrayEquals(jackson.write(nested), writer.write(nested));
            } else {
                assertThrows(RuntimeException.class, () -> jackson.write(nested));
                assertEquals(
                        "Jackson",
                        assertThrows(IllegalStateException.class, () -> writer.write(nested))
                                .getMessage());
            }
        }
    }
}
