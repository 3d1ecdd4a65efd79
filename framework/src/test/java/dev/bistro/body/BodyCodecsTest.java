package dev.bistro.body;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.body.json.JsonCodec;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.UnsupportedMediaTypeException;
import dev.bistro.result.StubRequest;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyCodecsTest {
    record Point(int x, int y) {}

    private static final String POINT = "{\"x\":1,\"y\":2}";

    private final BodyCodecs codecs = StandardCodecs.create();

    private static List<MediaType> types(String... types) {
        return Arrays.stream(types).map(MediaType::parse).toList();
    }

    private static StubRequest request(String contentType, String body) {
        return new StubRequest(
                "/", contentType == null ? Headers.empty() : Headers.of("Content-Type", contentType), body);
    }

    private Object read(Type type, String contentType, String body, String... consumes) {
        return codecs.reader(type, types(consumes)).orElseThrow().read(request(contentType, body));
    }

    // ---- reading

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json; charset=\"UTF-8\"",
                "application/vnd.shop.point+json"
            })
    void readsJsonByContentType(String contentType) {
        assertEquals(new Point(1, 2), read(Point.class, contentType, POINT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "text/xml|A body of type text/xml isn't read here; send application/json or application/*+json",
                "text/html;x=1|A body of type text/html isn't read here; send application/json or application/*+json",
                "json|The Content-Type isn't a media type; send application/json or application/*+json",
                "application/json;charset|The Content-Type isn't a media type; send application/json"
                        + " or application/*+json",
                "none|The body has no Content-Type; send application/json or application/*+json"
            })
    void refusesOtherTypesAndNamesItsOwn(String contentType, String detail) {
        var refused = assertThrows(UnsupportedMediaTypeException.class, () -> read(Point.class, contentType, POINT));
        assertEquals(detail, refused.detail());
    }

    @Test
    void refusesWhatIsNotConsumed() {
        var refused = assertThrows(
                UnsupportedMediaTypeException.class,
                () -> read(Point.class, "application/json", POINT, "application/vnd.shop.v2+json"));
        assertEquals(
                "A body of type application/json isn't read here; send application/vnd.shop.v2+json", refused.detail());
    }

    @Test
    void takesMissingBodyAsEmptyOne() {
        assertEquals("", read(String.class, null, ""));
        var refused = assertThrows(BadRequestException.class, () -> read(Point.class, null, ""));
        assertEquals("A JSON body is required", refused.detail());
    }

    @Test
    void readsTextOfAnyTypeInItsCharset() {
        assertEquals("é", read(String.class, "text/plain", "é"));
        assertEquals("Ã©", read(String.class, "text/plain;charset=ISO-8859-1", "é"));
        assertEquals(POINT, read(String.class, "application/json", POINT));
        assertEquals("a,b", read(String.class, "text/csv", "a,b", "text/csv"));
        assertThrows(BadRequestException.class, () -> read(String.class, "text/plain;charset=us-ascii", "é"));
        assertThrows(UnsupportedMediaTypeException.class, () -> read(String.class, "text/plain;charset=utf-16", "a"));
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        BodyReader reader = new TextCodec().reader(String.class).orElseThrow();
        var refused =
                assertThrows(BadRequestException.class, () -> reader.read(new byte[] {(byte) 0xC3}, MediaType.TEXT));
        assertEquals("The body isn't utf-8 text", refused.detail());
    }

    @Test
    void readsBytesOfAnyType() {
        assertArrayEquals(new byte[] {'a'}, (byte[]) read(byte[].class, "image/png", "a"));
    }

    @Test
    void hasNoReaderWhereNoCodecReadsTheType() {
        assertEquals(Optional.empty(), codecs.reader(Point.class, types("text/plain")));
        assertEquals(Optional.empty(), codecs.reader(Point.class, types("application/json", "text/plain")));
        assertEquals(Optional.empty(), codecs.reader(Runnable.class, List.of()));
        assertTrue(codecs.reader(Point.class, types("*/*")).isPresent());
    }

    // ---- writing

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "java.lang.String|none|text/plain;charset=utf-8",
                "java.lang.String|text/html|text/html;charset=utf-8",
                "java.lang.String|text/html;charset=utf-8|text/html;charset=utf-8",
                "java.lang.String|text/html;charset=iso-8859-1|none",
                "java.lang.String|application/json|application/json",
                "[B|none|application/octet-stream",
                "[B|image/png|image/png",
                "[B|text/plain|text/plain",
                "java.util.UUID|none|application/json",
                "java.util.UUID|application/problem+json|application/problem+json",
                "java.util.UUID|text/html|none"
            })
    void writesTypeAsMediaType(String type, String produces, String written) throws ClassNotFoundException {
        List<MediaType> wanted = produces == null ? List.of() : types(produces);
        Optional<String> mediaType = codecs.writer(Class.forName(type), wanted)
                .map(writer -> writer.mediaType().toString());
        assertEquals(Optional.ofNullable(written), mediaType);
    }

    @Test
    void writesTextInUtf8() {
        byte[] written =
                codecs.writer(String.class, List.of()).orElseThrow().writer().write("é");
        assertArrayEquals("é".getBytes(StandardCharsets.UTF_8), written);
    }

    @Test
    void asksCodecsInTheirOrder() {
        BodyCodec shouting = new BodyCodec() {
            @Override
            public List<MediaType> mediaTypes() {
                return types("text/shout", "application/json");
            }

            @Override
            public Optional<BodyReader> reader(Type type) {
                return Optional.of((body, mediaType) -> "read as " + mediaType);
            }

            @Override
            public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
                return Optional.of(value -> (value + "!").getBytes(StandardCharsets.UTF_8));
            }
        };
        var both = new BodyCodecs(List.of(shouting, new JsonCodec()));
        assertEquals(
                "read as application/json",
                both.reader(Point.class, List.of()).orElseThrow().read(request("application/json", POINT)));
        assertEquals(
                "text/shout",
                both.writer(Point.class, List.of()).orElseThrow().mediaType().toString());
        assertEquals(
                "application/a+json",
                both.writer(Point.class, types("application/a+json"))
                        .orElseThrow()
                        .mediaType()
                        .toString());
    }
}
