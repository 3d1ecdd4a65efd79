package dev.bistro.body.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.body.BodyWriter;
import dev.bistro.http.MediaType;
import dev.bistro.scan.CompiledApplication;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What generated code writes is what Jackson writes, for the types of an application that is compiled for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedWritersTest {
    private static final String SHOP = """
            package shop;
            import dev.bistro.annotation.*;
            import java.math.*;
            import java.net.URI;
            import java.time.*;
            import java.util.*;

            @Route
            class Shop {
                record Product(long id, String name, double price) {}
                record Products(List<Product> products, int count) {}
                enum Color {
                    RED,
                    @Label("dark \\"blue\\"") BLUE,
                    GREEN { @Override public String toString() { return "not this"; } }
                }
                record Scalars(boolean a, byte b, short c, int d, long e, float f, double g, char h, Boolean i, Byte j,
                        Short k, Integer l, Long m, Float n, Double o, Character p, String q, BigDecimal r,
                        BigInteger s, UUID t, URI u, byte[] v) {}
                record Times(Instant a, LocalDate b, LocalTime c, LocalDateTime d, OffsetDateTime e, OffsetTime f,
                        ZonedDateTime g, Duration h, Period i, Year j, YearMonth k, MonthDay l, DayOfWeek m) {}
                record Held(Optional<String> a, OptionalInt b, OptionalLong c, OptionalDouble d, Optional<Product> e,
                        Optional<List<Color>> f, List<Optional<Integer>> g) {}
                record Maps(Map<String, Product> a, Map<Color, List<Product>> b, Map<Integer, String> c,
                        Map<UUID, Color> d, Map<Long, Map<String, Double>> e, SortedMap<String, Object2> f) {}
                record Object2(Set<Color> a, Collection<? extends Product> b, List<List<Product>> c,
                        List<? extends List<String>> d) {}
                record Named(String URL, boolean isActive, String getIt, int set, String $x, String \u00fcn\u00ef,
                        String _a, Integer valueOf) {
                    @Override public String URL() { return "<" + URL + ">"; }
                    String helper() { return "no property"; }
                    static String getShared() { return "no property"; }
                }
                record Nothing() {}
                record Tree(String name, List<Tree> children, Tree next) {}
                sealed interface Animal permits Dog, Cat, Fur {}
                record Dog(String name, Color color) implements Animal {}
                record Cat(int lives, List<Animal> enemies) implements Animal {}
                enum Fur implements Animal { SHORT, LONG }
                record Zoo(List<Animal> animals, Animal first, Map<String, Animal> byName) {}
                record Page<T>(List<T> items, T first, int total) {}
                record Pair<A extends Comparable<A>, B>(A a, Map<String, B> b) implements Comparable<Pair<A, B>> {
                    @Override public int compareTo(Pair<A, B> other) { return 0; }
                }
                record Pages(Page<Product> products, Page<Color> colors, Page<Page<Product>> deep,
                        Pair<String, Zoo> pair) {}
                record Created(@Header("Location") String location, Product product) {}
                @Deprecated record Old(@Deprecated int a, Product b) {}

                @Get("/a") Products a() { return null; }
                @Get("/b") Scalars b() { return null; }
                @Get("/c") Times c() { return null; }
                @Get("/d") Held d() { return null; }
                @Get("/e") Maps e() { return null; }
                @Get("/f") Object2 f() { return null; }
                @Get("/g") Named g() { return null; }
                @Get("/h") Nothing h() { return null; }
                @Get("/i") Tree i() { return null; }
                @Get("/j") Zoo j() { return null; }
                @Get("/k") Pages k() { return null; }
                @Get("/l") Page<Product> l() { return null; }
                @Get("/m") List<Product> m() { return null; }
                @Get("/n") Map<Color, Optional<Page<Color>>> n() { return null; }
                @Get("/o") Created o() { return null; }
                @Get("/p") Old p() { return null; }
                @Get("/q") Animal q() { return null; }
                @Get("/r") List<Animal> r() { return null; }
                @Get("/s") Map<String, Object2> s() { return null; }
                @Get("/t") Set<Integer> t() { return null; }
                @Get("/u") shop.api.Order u() { return null; }
                @Get("/v") Color v() { return null; }
                @Get("/w") Outer.Deep w() { return null; }
            }
            """;
    private static final String OUTER = """
            package shop;
            import java.util.List;
            class Outer {
                static class Middle { record Deeper(Shop.Product product) {} }
                record Deep(Middle.Deeper deeper, List<shop.api.Order> orders) {}
            }
            """;
    private static final String ORDER = """
            package shop.api;
            import java.util.List;
            public record Order(long number, List<Line> lines, State state) {
                public record Line(String sku, int count) {}
                public enum State { OPEN, SENT }
            }
            """;

    private URLClassLoader loader;
    private final StringWriter said = new StringWriter();

    @BeforeAll
    void compile(@TempDir Path directory) throws Exception {
        var application = new CompiledApplication(directory);
        List<String> strict = List.of(
                "-Xlint:all,-processing,-classfile", "-Werror", "-processor", "dev.bistro.index.IndexProcessor");
        assertTrue(
                application.tryToCompile(
                        strict,
                        said,
                        Map.of("shop/Shop.java", SHOP, "shop/Outer.java", OUTER, "shop/api/Order.java", ORDER)),
                said::toString);
        loader = new URLClassLoader(
                new URL[] {application.classes.toUri().toURL()}, GeneratedWritersTest.class.getClassLoader());
    }

    @AfterAll
    void close() throws Exception {
        loader.close();
    }

    List<Method> results() throws Exception {
        return Arrays.stream(loader.loadClass("shop.Shop").getDeclaredMethods())
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("results")
    void areTheSameBytesAsJacksons(Method result) {
        Type type = result.getGenericReturnType();
        assertEquals(Optional.empty(), new JsonCodec().writingObstacle(type));
        BodyWriter jackson = JsonCodec.byJackson().writer(type, MediaType.JSON).orElseThrow();
        var generated = new GeneratedWriter(new GeneratedTypes(List.of()), value -> {
            throw new AssertionError("Jackson is asked to write " + value);
        });
        long seed = System.nanoTime();
        var values = new RandomValues(seed, true);
        for (int i = 0; i < 300; i++) {
            Object value = values.of(type);
            assertEquals(text(jackson.write(value)), text(generated.write(value)), () -> "seed " + seed);
        }
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** What is measured is what is meant to be measured. */
    @Test
    void areThereForTheBenchmarksTypes(@TempDir Path directory) throws Exception {
        String name = "dev/bistro/benchmarks/BenchmarkController.java";
        var application = new CompiledApplication(directory)
                .compile(true, Map.of(name, Files.readString(Path.of("benchmarks/src/main/java", name))));
        try (var benchmarks = new URLClassLoader(
                new URL[] {application.classes.toUri().toURL()}, GeneratedWritersTest.class.getClassLoader())) {
            for (Method method : benchmarks
                    .loadClass("dev.bistro.benchmarks.BenchmarkController")
                    .getDeclaredMethods()) {
                Type type = method.getGenericReturnType() instanceof ParameterizedType response
                        ? response.getActualTypeArguments()[0]
                        : method.getGenericReturnType();
                if (type != String.class && !method.isSynthetic()) {
                    assertEquals(Optional.empty(), new JsonCodec().writingObstacle(type));
                }
            }
        }
    }

    @Test
    void sayNothingAboutTheirOwnCode() {
        assertEquals("", said.toString());
    }
}
