package dev.bistro.body.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.UnsupportedMediaTypeException;
import dev.bistro.scan.CompiledApplication;
import dev.bistro.types.TypeNames;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What generated code writes is what Jackson writes, and what it reads is what Jackson reads, for the types of an
 * application that is compiled for it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedJsonTest {
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
                @com.fasterxml.jackson.annotation.JsonTypeInfo(
                        use = com.fasterxml.jackson.annotation.JsonTypeInfo.Id.NAME, property = "type")
                @com.fasterxml.jackson.annotation.JsonSubTypes({
                    @com.fasterxml.jackson.annotation.JsonSubTypes.Type(value = Card.class, name = "card"),
                    @com.fasterxml.jackson.annotation.JsonSubTypes.Type(value = Cash.class, name = "cash-1"),
                    @com.fasterxml.jackson.annotation.JsonSubTypes.Type(value = Free.class, name = "free")})
                sealed interface Payment permits Card, Coins, Free {}
                sealed interface Coins extends Payment permits Cash {}
                record Card(String number) implements Payment {}
                record Cash(@Header("X-A") int a, BigDecimal amount, Optional<Payment> more) implements Coins {}
                record Free() implements Payment {}
                record Order2(Payment payment, List<Card> cards, Map<String, Coins> coins, Free free) {}
                record Taken(long id, int count, boolean flag, double price, String text, BigDecimal decimal,
                        BigInteger integer, UUID uuid, LocalDate date, Instant instant, Color color,
                        Optional<String> note, Optional<Product> product, List<Product> products, Set<Color> colors,
                        Map<String, List<Integer>> numbers, shop.api.Order order, Optional<Double> real,
                        Collection<Map<String, Boolean>> flags, Long big, Integer small) {}
                record Bounded(int from, @DefaultValue("7") int to, Optional<Color> color) {
                    Bounded {
                        if (from > to) {
                            throw new IllegalArgumentException("from is after to");
                        }
                    }
                }
                record Scalars2(Boolean a, Double b, String c, BigDecimal d, BigInteger e, UUID f, LocalDate g,
                        Instant h) {}
                record Times2(LocalTime a, LocalDateTime b, OffsetDateTime c, Duration d, URI e, byte f, short g,
                        Byte h, Short i, Optional<Payment> payment) {}
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
                @Get("/w1") Payment w1() { return null; }
                @Get("/w2") Order2 w2() { return null; }
                @Get("/w3") List<Payment> w3() { return null; }
                @Get("/w4") Card w4() { return null; }
                @Post("/x") Taken x(@Body Taken taken) { return null; }
                @Get("/w5") Map<String, List<Long>> w5() { return null; }
                @Get("/w6") List<Set<Color>> w6() { return null; }
                @Get("/w7") Collection<? extends Taken> w7() { return null; }
                @Get("/w8") List<Scalars2> w8() { return null; }
                @Get("/w9") Times2 w9() { return null; }
                @Get("/w10") Coins w10() { return null; }
                @Post("/y") Bounded y(@Body Bounded bounded) { return null; }
                @com.fasterxml.jackson.annotation.JsonTypeInfo(
                        use = com.fasterxml.jackson.annotation.JsonTypeInfo.Id.NAME, property = "type")
                @com.fasterxml.jackson.annotation.JsonSubTypes({
                    @com.fasterxml.jackson.annotation.JsonSubTypes.Type(value = Box.class, name = "box"),
                    @com.fasterxml.jackson.annotation.JsonSubTypes.Type(value = Word.class, name = "word")})
                sealed interface Content permits Box, Word {}
                record Box<T>(T held, Optional<Content> next) implements Content {}
                record Word(String text) implements Content {}
                @Post("/y1") Bounded y(@Body Content content) { return null; }
                @Post("/y2") Bounded y(@Body Box<Word> box) { return null; }
                @Post("/y3") Bounded y(@Body List<Content> contents) { return null; }
                record Boxed<T, U extends Number>(Optional<T> held, Map<String, T> named, Set<T> all, U number, int count) {}
                @Get("/g1") Page<Page<Color>> g1() { return null; }
                @Get("/g2") Pair<String, Taken> g2() { return null; }
                @Get("/g3") List<Page<Scalars2>> g3() { return null; }
                @Get("/g4") Page<Map<String, List<Integer>>> g4() { return null; }
                @Get("/g5") Page<? extends Payment> g5() { return null; }
                @Get("/g6") Boxed<Product, Long> g6() { return null; }
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
                new URL[] {application.classes.toUri().toURL()}, GeneratedJsonTest.class.getClassLoader());
    }

    @AfterAll
    void close() throws Exception {
        loader.close();
    }

    List<Method> results() throws Exception {
        return Arrays.stream(loader.loadClass("shop.Shop").getDeclaredMethods())
                .filter(method -> !method.getName().equals("y")) // whose values aren't made by chance
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("results")
    void areTheSameBytesAsJacksons(Method result) {
        Type type = result.getGenericReturnType();
        assertEquals(Optional.empty(), new JsonCodec().writingObstacle(type));
        BodyWriter jackson = JsonCodec.byJackson().writer(type, MediaType.JSON).orElseThrow();
        var generated = new GeneratedWriter(new GeneratedTypes(List.of()), () -> value -> {
            throw new AssertionError("Jackson is asked to write " + value);
        });
        long seed = System.nanoTime();
        var values = new RandomValues(seed, true, false);
        for (int i = 0; i < 150; i++) {
            Object value = values.of(type);
            assertEquals(text(jackson.write(value)), text(generated.write(value)), () -> "seed " + seed);
        }
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }

    // ---- reading

    /** What is read of a body, or what is wrong with it. */
    private static Object outcome(BodyReader reader, byte[] body) {
        try {
            return reader.read(body, MediaType.JSON);
        } catch (HttpException fault) {
            return fault.getClass() + " " + fault.getMessage() + " " + fault.errors();
        }
    }

    private Class<?> type(String name) throws Exception {
        return loader.loadClass("shop.Shop$" + name);
    }

    private BodyReader generatedReader(Type type, AtomicInteger byJackson) {
        BodyReader jackson = JsonCodec.byJackson().reader(type).orElseThrow();
        return new GeneratedReader(new GeneratedTypes(List.of()), type, () -> (body, mediaType) -> {
            byJackson.incrementAndGet();
            return jackson.read(body, mediaType);
        });
    }

    /** By the name of a class, or of a method that has the type as its result. */
    private Type typeOrResult(String name) throws Exception {
        return Character.isUpperCase(name.charAt(0))
                ? type(name)
                : loader.loadClass("shop.Shop").getDeclaredMethod(name).getGenericReturnType();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Taken",
                "Products",
                "Named",
                "Nothing",
                "Product",
                "Bounded",
                "Created",
                "Old",
                "Times2",
                "Payment",
                "Coins",
                "Card",
                "Cash",
                "Free",
                "Order2",
                "g1",
                "g2",
                "g3",
                "g4",
                "g5",
                "g6",
                "l",
                "m",
                "t",
                "w3",
                "w5",
                "w6",
                "w7",
                "w8"
            })
    void readWhatJacksonReads(String name) throws Exception {
        Type type = typeOrResult(name);
        assertEquals(Optional.empty(), new JsonCodec().readingObstacle(type));
        BodyReader jackson = JsonCodec.byJackson().reader(type).orElseThrow();
        BodyWriter writer = JsonCodec.byJackson().writer(type, MediaType.JSON).orElseThrow();
        var byJackson = new AtomicInteger();
        BodyReader generated = generatedReader(type, byJackson);
        long seed = System.nanoTime();
        var plain = new RandomValues(seed, false, true);
        var odd = new RandomValues(seed, false, false);
        var random = new Random(seed);
        boolean isWhole = !List.of("Created", "Cash", "Coins")
                .contains(name); // what is sent lacks the component that is a header field
        int valid = 0;
        for (int i = 0; i < 50 || isWhole && valid == 0 && i < 5_000; i++) { // some types are seldom without odd values
            byte[] body = name.equals("Bounded")
                    ? ("{\"from\":" + random.nextInt(10) + ",\"to\":9,\"color\":\"RED\"}").getBytes(UTF_8)
                    : writer.write((i % 2 == 0 ? plain : odd).of(type));
            byJackson.set(0);
            assertEquals(outcome(jackson, body), outcome(generated, body), () -> "seed " + seed + ": " + text(body));
            valid += byJackson.get() == 0 ? 1 : 0;
            for (int j = 0; j < 10; j++) {
                byte[] mutated = mutated(body, random);
                assertEquals(
                        outcome(jackson, mutated),
                        outcome(generated, mutated),
                        () -> "seed " + seed + ": " + text(mutated));
            }
        }
        assertEquals(isWhole, valid > 0, "Read by generated code: " + valid + ", seed " + seed);
    }

    /** Nobody declares what is in the box of a sealed type, so no body is begun by generated code to fail there. */
    @ParameterizedTest
    @ValueSource(strings = {"Content", "Box<Word>", "List<Content>"})
    void readNoGenericRecordOfASealedType(String name) throws Exception {
        Type type = Arrays.stream(loader.loadClass("shop.Shop").getDeclaredMethods())
                .map(method -> method.getGenericParameterTypes())
                .filter(types -> types.length == 1
                        && TypeNames.of(types[0]).replace("Shop.", "").equals(name))
                .findFirst()
                .orElseThrow()[0];
        assertEquals(Optional.of("Shop.Box has @JsonTypeInfo"), new JsonCodec().readingObstacle(type));
    }

    private static byte[] mutated(byte[] body, Random random) {
        String odd = "\"\\{}[],:0-.e1 \n\tnulltrue\u00e9";
        byte[] inserted =
                odd.substring(random.nextInt(odd.length())).substring(0, 1).getBytes(UTF_8);
        int at = random.nextInt(body.length);
        int end = Math.min(body.length, at + random.nextInt(3));
        var bytes = new ByteArrayOutputStream();
        bytes.write(body, 0, at);
        if (random.nextBoolean()) {
            bytes.writeBytes(inserted);
        }
        if (random.nextInt(10) == 0) {
            bytes.write(random.nextInt());
        }
        bytes.write(body, end, body.length - end);
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':1,'name':'a','price':2}",
                " {\t'id' :\r\n 1 , 'name':'a' , 'price' : 2.50 } \n",
                "{'price':2,'name':'a','id':1}",
                "{'id':1,'name':'a','price':2,'more':[{}]}",
                "{'id':1,'name':'a','price':2}}",
                "{'id':1,'name':'a','price':2} x",
                "{'id':1,'name':'a','price':2,}",
                "{'id':1,'name':'a'}",
                "{'id':1,'name':'a','price':2,'id':1}",
                "{'id':null,'name':null,'price':null}",
                "{'id':1.0,'name':'a','price':2}",
                "{'id':1e2,'name':'a','price':1e2}",
                "{'id':01,'name':'a','price':2}",
                "{'id':-0,'name':'a','price':-0}",
                "{'id':-1,'name':'','price':-0.0}",
                "{'id':9223372036854775807,'name':'a','price':9223372036854775807}",
                "{'id':9223372036854775808,'name':'a','price':1}",
                "{'id':1,'name':'a','price':0.1234567890123456789}",
                "{'id':1,'name':'a','price':123456789012345.6}",
                "{'id':1,'name':'a','price':12345678901234.5}",
                "{'id':1,'name':'a','price':1.}",
                "{'id':1,'name':'a','price':.1}",
                "{'id':1,'name':'a','price':+1}",
                "{'id':1,'name':'a','price':'NaN'}",
                "{'id':'1','name':1,'price':true}",
                "{'id':1,'name':'\\u00e9\\ud83d\\ude00\\n','price':2}",
                "{'id':1,'name':'\\ud800','price':2}",
                "{'id':1,'name':'a\nb','price':2}",
                "{'id':1,'name':'\u00e9\ud83d\ude00','price':2}",
                "{'\\u0069d':1,'name':'a','price':2}",
                "{id:1,'name':'a','price':2}",
                "[]",
                "null",
                "1",
                "",
                " ",
                "{",
                "{'id'",
                "{'id':1",
                "{'id':1,",
                "{'id':1,'name':'a",
                "\ufeff{'id':1,'name':'a','price':2}",
                "/* */{'id':1,'name':'a','price':2}"
            })
    void readOddOnesAsJacksonDoes(String json) throws Exception {
        Class<?> product = type("Product");
        byte[] body = json.replace('\'', '"').getBytes(UTF_8);
        assertEquals(
                outcome(JsonCodec.byJackson().reader(product).orElseThrow(), body),
                outcome(new JsonCodec().reader(product).orElseThrow(), body));
    }

    @Test
    void readOnlyWellFormedUtf8() throws Exception {
        Class<?> product = type("Product");
        for (int[] wrong : new int[][] {{0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xff}, {0xe2, 0x82}}) {
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes("{\"id\":1,\"name\":\"".getBytes(UTF_8));
            Arrays.stream(wrong).forEach(bytes::write);
            bytes.writeBytes("\",\"price\":2}".getBytes(UTF_8));
            assertEquals(
                    outcome(JsonCodec.byJackson().reader(product).orElseThrow(), bytes.toByteArray()),
                    outcome(new JsonCodec().reader(product).orElseThrow(), bytes.toByteArray()));
        }
    }

    @Test
    void readNoOtherCharset() throws Exception {
        BodyReader reader = new JsonCodec().reader(type("Product")).orElseThrow();
        byte[] body = "{\"id\":1,\"name\":\"a\",\"price\":2}".getBytes(UTF_8);
        assertThrows(
                UnsupportedMediaTypeException.class,
                () -> reader.read(body, MediaType.parse("application/json;charset=latin1")));
        assertEquals(outcome(reader, body), reader.read(body, MediaType.parse("application/json;charset=utf-8")));
    }

    // ---- what is generated

    /** What is measured is what is meant to be measured. */
    @Test
    void areThereForTheBenchmarksTypes(@TempDir Path directory) throws Exception {
        String name = "dev/bistro/benchmarks/server/BenchmarkController.java";
        var application = new CompiledApplication(directory)
                .compile(true, Map.of(name, Files.readString(Path.of("benchmarks/src/main/java", name))));
        try (var benchmarks = new URLClassLoader(
                new URL[] {application.classes.toUri().toURL()}, GeneratedJsonTest.class.getClassLoader())) {
            for (Method method : benchmarks
                    .loadClass("dev.bistro.benchmarks.server.BenchmarkController")
                    .getDeclaredMethods()) {
                Type type = method.getGenericReturnType() instanceof ParameterizedType response
                        ? response.getActualTypeArguments()[0]
                        : method.getGenericReturnType();
                if (type != String.class && !method.isSynthetic()) {
                    assertEquals(Optional.empty(), new JsonCodec().writingObstacle(type));
                }
            }
            Class<?> taken = benchmarks.loadClass("dev.bistro.benchmarks.server.BenchmarkController$NewProduct");
            assertEquals(Optional.empty(), new JsonCodec().readingObstacle(taken));
        }
    }

    @Test
    void sayNothingAboutTheirOwnCode() {
        assertEquals("", said.toString());
    }
}
