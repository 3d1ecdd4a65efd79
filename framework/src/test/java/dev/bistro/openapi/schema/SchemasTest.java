package dev.bistro.openapi.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bistro.body.json.JsonCodec;
import dev.bistro.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * The table from Java types to schemas: {@code schemas.txt} has the schemas, and {@link SchemaRows} the types with
 * values of them. What is written of a value has to be valid by the schema of output, and by that of input where the
 * codec reads it again; what lacks a required property is not read.
 */
final class SchemasTest {
    private static final String TABLE = "/openapi/schemas.txt";
    private static final JsonCodec CODEC = new JsonCodec();
    private static final SchemaRegistry DRAFT = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @Test
    void eachTypeHasTheSchemaOfTheTable() throws IOException {
        var table = new StringBuilder();
        SchemaRows.all().forEach(row -> table.append(lines(row)));
        if (Boolean.getBoolean("schemas.update")) {
            Files.writeString(Path.of("src/test/resources" + TABLE), table);
        }
        assertEquals(expected(), table.toString());
        assertTrue(SchemaRows.all().size() >= 60);
    }

    private static String expected() throws IOException {
        try (InputStream in = SchemasTest.class.getResourceAsStream(TABLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String lines(SchemaRows.Row row) {
        var schemas = new Schemas(CODEC, SchemaWords.NONE);
        Map<String, Object> output = schemas.output(row.type());
        boolean isReadable = CODEC.reader(row.type()).isPresent();
        Map<String, Object> input = isReadable ? schemas.input(row.type()) : output;
        String out = json(schemas.resolve(output));
        String in = json(schemas.resolve(input));
        var lines = new StringBuilder(row.name())
                .append('\n')
                .append("  out ")
                .append(out)
                .append('\n');
        if (!in.equals(out)) {
            lines.append("  in  ").append(in).append('\n');
        }
        schemas.components()
                .forEach((name, schema) -> lines.append("    ")
                        .append(name)
                        .append(" = ")
                        .append(json(schema))
                        .append('\n'));
        return lines.toString();
    }

    private static String json(Object tree) {
        return CODEC.mapper().writeValueAsString(tree);
    }

    // ---- values

    @TestFactory
    Stream<DynamicTest> whatIsWrittenIsValid() {
        return SchemaRows.all().stream()
                .flatMap(row -> row.values().stream()
                        .map(value -> DynamicTest.dynamicTest(
                                row.name() + ": " + value, () -> assertValid(row.type(), value, true))));
    }

    @TestFactory
    Stream<DynamicTest> whatIsReadAgainIsValidInput() {
        return SchemaRows.all().stream()
                .filter(SchemaRows.Row::isReadAgain)
                .flatMap(row -> row.values().stream()
                        .map(value -> DynamicTest.dynamicTest(row.name() + ": " + value, () -> {
                            byte[] body = written(row.type(), value);
                            CODEC.reader(row.type()).orElseThrow().read(body, MediaType.JSON);
                            assertValid(row.type(), value, false);
                        })));
    }

    /** Takes the properties of what was written away, one by one: the schema and the reader say the same. */
    @TestFactory
    Stream<DynamicTest> whatIsRequiredIsWhatTheReaderRequires() {
        return SchemaRows.all().stream()
                .filter(SchemaRows.Row::isReadAgain)
                .flatMap(row -> row.values().stream()
                        .map(value -> DynamicTest.dynamicTest(
                                row.name() + ": " + value, () -> assertSameRequired(row.type(), value))));
    }

    private static void assertSameRequired(Type type, Object value) {
        JsonNode whole = CODEC.mapper().readTree(written(type, value));
        Schema schema = schema(type, false);
        for (String name : whole.propertyNames()) {
            for (boolean isNull : List.of(true, false)) {
                var less = (tools.jackson.databind.node.ObjectNode) whole.deepCopy();
                less.remove(name);
                if (isNull) {
                    less.putNull(name);
                }
                boolean isRead = reads(type, less);
                List<Error> errors = schema.validate(less);
                assertEquals(isRead, errors.isEmpty(), () -> less + " by " + schema.getSchemaNode() + ": " + errors);
            }
        }
    }

    private static boolean reads(Type type, JsonNode node) {
        try {
            CODEC.reader(type).orElseThrow().read(node.toString().getBytes(StandardCharsets.UTF_8), MediaType.JSON);
            return true;
        } catch (dev.bistro.http.HttpException unfit) {
            return false;
        }
    }

    private static void assertValid(Type type, Object value, boolean isOutput) {
        JsonNode node = CODEC.mapper().readTree(written(type, value));
        Schema schema = schema(type, isOutput);
        List<String> errors = new ArrayList<>();
        schema.validate(node, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .forEach(error -> errors.add(error.toString()));
        assertEquals(List.of(), errors, () -> node + " by " + schema.getSchemaNode());
    }

    private static byte[] written(Type type, Object value) {
        return CODEC.writer(type, MediaType.JSON).orElseThrow().write(value);
    }

    private static Schema schema(Type type, boolean isOutput) {
        var schemas = new Schemas(CODEC, SchemaWords.NONE);
        Map<String, Object> own = isOutput ? schemas.output(type) : schemas.input(type);
        var whole = Trees.of("allOf", List.of(schemas.resolve(own)));
        whole.put("components", Trees.of("schemas", schemas.components()));
        return DRAFT.getSchema(CODEC.mapper().<JsonNode>valueToTree(whole));
    }
}
