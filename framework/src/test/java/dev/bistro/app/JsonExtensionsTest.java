package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Label;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.app.adjusted.AdjustedController;
import dev.bistro.http.Converter;
import dev.bistro.json.JsonMapperCustomizer;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** What an application may change of JSON, and what it may not. */
@Timeout(60)
class JsonExtensionsTest {
    record Item(String name, int count) {}

    @Route("/items")
    static final class Items {
        @Post
        Item echo(Item item) {
            return item;
        }
    }

    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(JsonExtensionsTest.class).classes(classes);
    }

    // ---- what stays

    record Breach(String name, JsonMapperCustomizer customizer, String told) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Breach> BREACHES = List.of(
            new Breach(
                    "default typing",
                    builder -> builder.activateDefaultTyping(
                            BasicPolymorphicTypeValidator.builder()
                                    .allowIfBaseType(Object.class)
                                    .build(),
                            DefaultTyping.NON_FINAL),
                    "choose which class"),
            new Breach("comments", builder -> builder.enable(JsonReadFeature.ALLOW_JAVA_COMMENTS), "else than JSON"),
            new Breach("quotes", builder -> builder.enable(JsonReadFeature.ALLOW_SINGLE_QUOTES), "else than JSON"),
            new Breach("NaN", builder -> builder.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS), "else than JSON"),
            new Breach(
                    "duplicates",
                    builder -> builder.disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION),
                    "property twice"),
            new Breach("root of bodies", b -> b.enable(DeserializationFeature.UNWRAP_ROOT_VALUE), "WRAP_ROOT_VALUE"),
            new Breach("root of results", b -> b.enable(SerializationFeature.WRAP_ROOT_VALUE), "WRAP_ROOT_VALUE"),
            new Breach("indentation", b -> b.enable(SerializationFeature.INDENT_OUTPUT), "several lines"),
            new Breach("names", b -> b.disable(JsonWriteFeature.QUOTE_PROPERTY_NAMES), "would be no JSON"),
            new Breach("numbers", b -> b.disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS), "would be no JSON"),
            new Breach("exceptions", b -> b.disable(DeserializationFeature.WRAP_EXCEPTIONS), "where they are"),
            new Breach("annotations", b -> b.annotationIntrospector(new JacksonAnnotationIntrospector()), "forgotten"),
            new Breach("no annotations", b -> b.disable(MapperFeature.USE_ANNOTATIONS), "forgotten"),
            new Breach("modules", b -> b.removeAllModules(), "module was removed"),
            new Breach("null for int", b -> b.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES), "nulls"),
            new Breach(
                    "empty for null",
                    b -> b.enable(DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT),
                    "nulls"),
            new Breach("unknown enums", b -> b.enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL), "nulls"),
            new Breach(
                    "coercions",
                    b -> b.withCoercionConfig(
                            LogicalType.Textual,
                            one -> one.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull)),
                    "nulls"),
            new Breach("content", b -> b.changeDefaultNullHandling(n -> n.withContentNulls(Nulls.SET)), "nulls"));

    @ParameterizedTest
    @FieldSource("BREACHES")
    void aCustomizerCannotTakeAGuaranteeAway(Breach breach) {
        List<Problem> problems = assertThrows(
                        StartupException.class,
                        () -> app(Items.class)
                                .with(JsonMapperCustomizer.class, breach.customizer)
                                .startInProcess())
                .problems();
        assertEquals(1, problems.size(), problems::toString);
        assertEquals("json-guarantee", problems.get(0).id());
        assertTrue(problems.get(0).what().contains(breach.told), problems::toString);
        assertEquals(1, problems.get(0).cures().size());
        assertEquals(1, problems.get(0).places().size());
    }

    static final class Failing implements JsonMapperCustomizer {
        @Override
        public void customize(JsonMapper.Builder builder) {
            throw new IllegalStateException("no");
        }
    }

    static final class FailingModule extends SimpleModule {
        private static final long serialVersionUID = 1L;

        @Override
        public void setupModule(SetupContext context) {
            throw new NoSuchMethodError("of another version");
        }
    }

    @Test
    void aCustomizerAndAModuleThatFailAreFaultsOfTheStart() {
        assertEquals("json-customizer", onlyProblem(app(Items.class, Failing.class)));
        assertEquals("json-module", onlyProblem(app(Items.class, FailingModule.class)));
    }

    private static String onlyProblem(BistroBuilder app) {
        StartupException fault = assertThrows(StartupException.class, app::startInProcess);
        List<Problem> problems = fault.problems();
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0).id();
    }

    @Test
    void eachFaultSaysWhatAndWhereAndTheCure() {
        assertGolden("converter-without-format", app(Skus.class, Formatless.class));
        assertGolden("json-customizer", app(Items.class, Failing.class));
        assertGolden("json-guarantee", app(Items.class, Indenting.class));
        assertGolden("json-module", app(Items.class, FailingModule.class));
    }

    private static void assertGolden(String name, BistroBuilder app) {
        Golden.assertText(
                name, assertThrows(StartupException.class, app::startInProcess).getMessage());
    }

    static final class Indenting implements JsonMapperCustomizer {
        @Override
        public void customize(JsonMapper.Builder builder) {
            builder.enable(SerializationFeature.INDENT_OUTPUT);
        }
    }

    @Test
    void aFaultElsewhereHidesNothingAndAddsNothing() {
        List<Problem> problems = assertThrows(
                        StartupException.class,
                        () -> app(Items.class, Broken.class, Upper.class, SkuConverter.class, Skus.class)
                                .startInProcess())
                .problems();
        assertEquals(
                List.of("unused-path-variable"),
                problems.stream().map(Problem::id).toList());
    }

    @Route("/broken/{id}")
    static final class Broken {
        @Get
        String get() {
            return "";
        }
    }

    static final class Upper implements JsonMapperCustomizer {
        @Override
        public void customize(JsonMapper.Builder builder) {
            builder.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST);
        }
    }

    @Test
    void aClassThatCustomizesIsFound() {
        try (TestClient client = TestClient.start(app(Items.class, Upper.class))) {
            client.post("/items")
                    .json("{\"name\":\"Tea\",\"count\":2}")
                    .send()
                    .assertText("{\"count\":2,\"name\":\"Tea\"}");
        }
    }

    // ---- modules on the class path

    /** Loads the application anew, with a file that names a module. */
    private static final class ClassPath extends ClassLoader {
        private final String services;

        ClassPath(String services) {
            super(JsonExtensionsTest.class.getClassLoader());
            this.services = services;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.bistro.app.adjusted.")
                    || name.endsWith("Missing")
                    || findLoadedClass(name) != null) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals("META-INF/services/" + JacksonModule.class.getName())
                    ? Collections.enumeration(List.of(new URL(null, "memory:services", new Memory(services))))
                    : super.getResources(name);
        }
    }

    private static final class Memory extends URLStreamHandler {
        private final String content;

        Memory(String content) {
            this.content = content;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
                }
            };
        }
    }

    private static BistroBuilder withModule(String module) throws ClassNotFoundException {
        Class<?> controller = new ClassPath(module).loadClass(AdjustedController.class.getName());
        return Bistro.app(controller).classes(controller);
    }

    @Test
    void modulesOnTheClassPathAreUsedUnlessTheSettingSaysOtherwise() throws Exception {
        String module = "dev.bistro.app.adjusted.FoundModule";
        try (TestClient client = TestClient.start(withModule(module))) {
            client.get("/temperature").send().assertText("\"21 °C\"");
        }
        try (TestClient client = TestClient.start(withModule(module).set("json.find-modules", "false"))) {
            client.get("/temperature").send().assertText("{\"degrees\":21}");
        }
        assertEquals("json-module", onlyProblem(withModule("dev.bistro.app.adjusted.Missing")));
    }

    // ---- converters

    record Sku(String shelf, int number) {}

    static final class SkuConverter implements Converter<Sku> {
        @Override
        public Sku convert(String text) {
            String[] parts = text.split("-");
            return new Sku(parts[0], Integer.parseInt(parts[1]));
        }

        @Override
        public String format(Sku sku) {
            return sku.shelf() + "-" + sku.number();
        }
    }

    record Order(Sku sku, @DefaultValue("Z-1") Sku instead, Map<Sku, List<Sku>> parts) {}

    @Route("/skus")
    static final class Skus {
        @Post
        Order echo(Order order) {
            return order;
        }

        @Post("/bare")
        Sku bare(@dev.bistro.annotation.Body Sku sku) {
            return sku;
        }
    }

    @Test
    void aConverterReadsAndWritesValuesKeysAndDefaults() {
        String given = "{\"sku\":\"A-1\",\"parts\":{\"B-2\":[\"C-3\"]}}";
        try (TestClient client = TestClient.start(app(Skus.class, SkuConverter.class))) {
            client.post("/skus")
                    .json(given)
                    .send()
                    .assertText("{\"sku\":\"A-1\",\"instead\":\"Z-1\",\"parts\":{\"B-2\":[\"C-3\"]}}");
            client.post("/skus/bare").json("\"A-1\"").send().assertText("\"A-1\"");
            for (String wrong : List.of("7", "true", "{}", "[]", "null", "\"\"", "\"A\"", "\"A-x\"")) {
                client.post("/skus")
                        .json(given.replace("\"A-1\"", wrong))
                        .send()
                        .assertProblem(422)
                        .assertProblemWith("/sku");
                client.post("/skus")
                        .json(given.replace("\"C-3\"", wrong))
                        .send()
                        .assertProblemWith("/parts/B-2/0");
            }
            client.post("/skus")
                    .json(given.replace("B-2", "B"))
                    .send()
                    .assertProblem(422)
                    .assertProblemWith("/parts/B");
        }
    }

    /** Jackson's annotations say how it is in JSON. */
    record Told(@JsonValue String text) {
        @JsonCreator
        static Told of(String text) {
            return new Told(text + "!");
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    sealed interface Shape {
        record Circle(int radius) implements Shape {}
    }

    enum Color {
        @Label("red")
        RED
    }

    /** Has a text of its own. */
    static final class Weight {
        private final int grams;

        Weight(int grams) {
            this.grams = grams;
        }

        @Override
        public String toString() {
            return grams + " g";
        }
    }

    record Opinions(Told told, Shape shape, Color color, LocalDate day, Weight weight, Sku sku) {}

    @Route("/opinions")
    static final class OpinionController {
        @Post
        Opinions echo(Opinions opinions) {
            return opinions;
        }
    }

    /** Each of these is declared, and some don't count in JSON. */
    @Factory
    static final class Converters {
        @Bean
        Converter<Told> told() {
            return text -> new Told("converted");
        }

        @Bean
        Converter<Shape> shape() {
            return text -> new Shape.Circle(0);
        }

        @Bean
        Converter<Color> color() {
            return new Converter<>() {
                @Override
                public Color convert(String text) {
                    return Color.valueOf(text.toUpperCase(java.util.Locale.ROOT).substring(1));
                }

                @Override
                public String format(Color color) {
                    return "x" + color.name();
                }
            };
        }

        @Bean
        Converter<LocalDate> day() {
            return text -> LocalDate.of(1, 1, 1);
        }

        @Bean
        Converter<Weight> weight() {
            return text -> new Weight(Integer.parseInt(text.replace(" g", "")));
        }

        @Bean
        Converter<Sku> sku() {
            return new SkuConverter();
        }

        @Bean
        JacksonModule skuModule() {
            return new SimpleModule("Sku")
                    .addSerializer(new tools.jackson.databind.ser.std.StdSerializer<Sku>(Sku.class) {
                        @Override
                        public void serialize(
                                Sku sku,
                                tools.jackson.core.JsonGenerator generator,
                                tools.jackson.databind.SerializationContext context) {
                            generator.writeNumber(sku.number());
                        }
                    });
        }
    }

    @Test
    void annotationsModulesAndTheTypesOfTheJdkGoBeforeConverters() {
        try (TestClient client = TestClient.start(app(OpinionController.class, Converters.class))) {
            client.post("/opinions")
                    .json("{\"told\":\"a\",\"shape\":{\"kind\":\"JsonExtensionsTest$Shape$Circle\",\"radius\":2},"
                            + "\"color\":\"xred\",\"day\":\"2026-11-24\",\"weight\":\"7 g\",\"sku\":\"A-1\"}")
                    .send()
                    .assertText(
                            "{\"told\":\"a!\",\"shape\":{\"kind\":\"JsonExtensionsTest$Shape$Circle\",\"radius\":2},"
                                    + "\"color\":\"xRED\",\"day\":\"2026-11-24\",\"weight\":\"7 g\",\"sku\":1}");
        }
    }

    @Factory
    static final class Formatless {
        @Bean
        Converter<Sku> sku() {
            return text -> new Sku(text, 1);
        }
    }

    /** Neither final nor with a text of its own. */
    static class Tag {
        public String name = "x";
    }

    record Tagged(List<Tagged> more, Map<String, List<Tag>> tags) {}

    @Route("/tags")
    static final class Tags {
        @Get
        Tagged find() {
            return new Tagged(List.of(), Map.of("a", List.of(new Tag())));
        }
    }

    @Factory
    static final class FormatlessTags {
        @Bean
        Converter<Tag> tag() {
            return text -> new Tag();
        }
    }

    @Route("/read")
    static final class OnlyRead {
        @Post
        String read(Order order) {
            return order.sku().shelf();
        }
    }

    @Test
    void aConverterThatCannotWriteIsAFaultOnlyWhereItHasTo() {
        assertEquals("converter-without-format", onlyProblem(app(Skus.class, Formatless.class)));
        assertEquals("converter-without-format", onlyProblem(app(Tags.class, FormatlessTags.class)));
        try (TestClient client = TestClient.start(app(OnlyRead.class, Formatless.class))) {
            client.post("/read").json("{\"sku\":\"A\",\"parts\":{}}").send().assertText("A");
            assertTrue(client.server().openApi().containsKey("paths"), "it is described, without a default");
        }
    }
}
