package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    /** The document of RFC 6901, section 5. */
    private static final String DOCUMENT = """
            {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8}""";

    private static Object read(String json) {
        byte[] inAnArray = ("[" + json + "]").getBytes(StandardCharsets.UTF_8); // a null alone is no value
        return ((List<?>) Json.USUAL.read(inAnArray, Object.class)).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/foo/0; bar",
                "/; 0",
                "/a~1b; 1",
                "/c%d; 2",
                "/e^f; 3",
                "/g|h; 4",
                "/i\\j; 5",
                "/k\"l; 6",
                "'/ '; 7",
                "/m~0n; 8"
            })
    void findsWhatAPointerNames(String pointer, String expected) {
        assertEquals(expected, String.valueOf(Json.at(read(DOCUMENT), pointer)));
    }

    @Test
    void findsTheWholeByTheEmptyPointer() {
        assertEquals(read(DOCUMENT), Json.at(read(DOCUMENT), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/foo/2", "/foo/-", "/foo/01", "/foo/x", "/bar", "/foo/0/x", "/foo/99999999999"})
    void saysWhereAPointerLeadsNowhere(String pointer) {
        assertThrows(NoSuchElementException.class, () -> Json.at(read(DOCUMENT), pointer));
    }

    @Test
    void refusesWhatIsNoPointer() {
        assertThrows(IllegalArgumentException.class, () -> Json.at(read(DOCUMENT), "foo"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1; 1.0; true",
                "3.50; 3.5; true",
                "1; 2; false",
                "'[1,{\"a\":null}]'; '[1.0,{\"a\":null}]'; true",
                "'[1,2]'; '[1]'; false",
                "'{\"a\":1}'; '{\"b\":1}'; false",
                "'{\"a\":1,\"b\":2}'; '{\"b\":2,\"a\":1}'; true",
                "null; null; true",
                "null; 0; false",
                "\"1\"; 1; false"
            })
    void comparesByValue(String one, String other, boolean same) {
        assertEquals(same, Json.isSame(read(one), read(other)));
    }

    @Test
    void makesPlainValuesOfOthers() {
        record Item(String name, List<BigDecimal> prices) {}
        assertEquals(
                Map.of("name", "Tea", "prices", List.of(new BigDecimal("3.50"))),
                Json.USUAL.plain(new Item("Tea", List.of(new BigDecimal("3.50")))));
        assertEquals(Arrays.asList("a", null), Json.USUAL.plain(Arrays.asList("a", null)));
    }
}
