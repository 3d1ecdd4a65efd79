package dev.bistro.openapi.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bistro.body.json.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Documents are as the schema says that is published with the specification. */
class PublishedSchemaTest {
    private static final Schema PUBLISHED = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(tree("src/test/resources/openapi/published/openapi-3.1.schema.json"));

    private static JsonNode tree(String file) {
        try {
            return new JsonCodec().mapper().readTree(Files.readAllBytes(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of the samples, and of the application that has everything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../sample-shop/openapi.json",
                "../sample-chat/openapi.json",
                "../sample-files/openapi.json",
                "src/test/resources/openapi/everything.json"
            })
    void holds(String file) {
        assertEquals(List.of(), PUBLISHED.validate(tree(file)));
    }

    @Test
    void findsFaults() {
        JsonNode wrong = new JsonCodec().mapper().readTree("{\"openapi\":\"3.1.1\",\"info\":{\"title\":\"x\"}}");
        assertFalse(PUBLISHED.validate(wrong).isEmpty());
    }
}
