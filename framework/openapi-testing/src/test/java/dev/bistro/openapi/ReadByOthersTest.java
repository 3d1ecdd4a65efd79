package dev.bistro.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** swagger-parser, which most generators read documents by, has nothing to say of ours. */
class ReadByOthersTest {
    /** The documents of the samples, and of the application that has everything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../sample-shop/openapi.json",
                "../../sample-chat/openapi.json",
                "../../sample-files/openapi.json",
                "../src/test/resources/openapi/everything.json"
            })
    void isReadWithoutAMessage(String file) throws Exception {
        var options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(Files.readString(Path.of(file)), null, options);
        assertEquals(List.of(), read.getMessages());
        assertFalse(read.getOpenAPI().getPaths().isEmpty());
    }
}
