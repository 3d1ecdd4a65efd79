package dev.bistro.openapi.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each keyword with values that it is for and not for, compared with another validator where both have to agree. */
class SchemaCheckTest {
    private static Object json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> faults(String schema, String value) {
        return new SchemaCheck(Map.of())
                .faults(json(schema), json(value)).stream()
                        .map(SchemaCheck.Fault::toString)
                        .toList();
    }

    /** A schema, a value, and what is wrong with it; apostrophes stand for quotes in the first two. */
    @ParameterizedTest
    @CsvFileSource(resources = "/openapi/keywords.txt", delimiter = '|', quoteCharacter = '`')
    void agreesWithAnotherValidator(String schemaText, String valueText, String expected) {
        String schema = schemaText.replace('\'', '"');
        String value = valueText.replace('\'', '"');
        assertEquals(expected == null ? List.of() : List.of(expected), faults(schema, value));
        boolean isRight = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON)
                .validate(value, InputFormat.JSON)
                .isEmpty();
        assertEquals(expected == null, isRight);
    }

    /** Where it is stricter: what is answered is to be described. */
    @ParameterizedTest
    @CsvFileSource(resources = "/openapi/keywords-stricter.txt", delimiter = '|', quoteCharacter = '`')
    void wantsAllToBeDescribed(String schema, String value, String expected) {
        assertEquals(
                expected == null ? List.of() : List.of(expected),
                faults(schema.replace('\'', '"'), value.replace('\'', '"')));
    }

    private static List<String> inDocument(String component, String value) {
        Map<String, Object> document = Json.map(json("{\"components\":{\"schemas\":{\"A\":" + component + "}}}"));
        return new SchemaCheck(document)
                .faults(json("{\"$ref\":\"#/components/schemas/A\"}"), json(value)).stream()
                        .map(SchemaCheck.Fault::toString)
                        .toList();
    }

    @Test
    void followsReferencesThatRecur() {
        String tree = "{\"properties\":{\"children\":{\"items\":{\"$ref\":\"#/components/schemas/A\"}}}}";
        assertEquals(List.of(), inDocument(tree, "{\"children\":[{\"children\":[]}]}"));
        assertEquals(
                List.of("/children/0/x~1y isn't in the document"), inDocument(tree, "{\"children\":[{\"x/y\":1}]}"));
    }

    @Test
    void endsWhereASchemaIsItself() {
        assertEquals(List.of(), inDocument("{\"allOf\":[{\"$ref\":\"#/components/schemas/A\"}]}", "1"));
        assertEquals(List.of(), inDocument("{\"$ref\":\"#/components/schemas/A\"}", "{\"a\":1}"));
        assertEquals(List.of(), inDocument("{\"$ref\":\"#/nowhere\"}", "1"));
    }

    /** Of several schemas, the message is of the one that was most likely meant. */
    @Test
    void tellsOfTheSchemaThatFitsBest() {
        String shapes = "{\"oneOf\":[{\"type\":\"object\",\"properties\":{\"kind\":{\"const\":\"circle\"},"
                + "\"radius\":{\"type\":\"number\"}},\"required\":[\"kind\",\"radius\"]},{\"type\":\"object\","
                + "\"properties\":{\"kind\":{\"const\":\"square\"},\"side\":{\"type\":\"number\"}},"
                + "\"required\":[\"kind\",\"side\"]},{\"type\":\"null\"}]}";
        assertEquals(
                List.of("/side is \"x\", and should be a number"),
                inDocument(shapes, "{\"kind\":\"square\",\"side\":\"x\"}"));
    }
}
