package dev.bistro.http.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.bistro.http.BadRequestException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {
    @Test
    void readsPairsInTheirOrder() {
        QueryParameters parameters = QueryParameters.parse("a=1&b=x+y&a=2");
        assertEquals(Optional.of("1"), parameters.first("a"));
        assertEquals(List.of("1", "2"), parameters.all("a"));
        assertEquals(Optional.of("x y"), parameters.first("b"));
    }

    @Test
    void tellsAbsentFromEmpty() {
        QueryParameters parameters = QueryParameters.parse("a&b=&=c");
        assertEquals(Optional.of(""), parameters.first("a"));
        assertEquals(Optional.of(""), parameters.first("b"));
        assertEquals(Optional.of("c"), parameters.first(""));
        assertEquals(Optional.empty(), parameters.first("c"));
        assertEquals(List.of(), parameters.all("c"));
    }

    @Test
    void decodesNamesAndValues() {
        QueryParameters parameters = QueryParameters.parse("caf%C3%A9=%26%3D%2B&a%20b=c=d");
        assertEquals(Optional.of("&=+"), parameters.first("café"));
        assertEquals(Optional.of("c=d"), parameters.first("a b"));
    }

    @Test
    void namesDifferByCase() {
        assertEquals(Optional.empty(), QueryParameters.parse("A=1").first("a"));
    }

    @Test
    void emptyPairsAreNone() {
        assertEquals(List.of("1"), QueryParameters.parse("&&a=1&").all("a"));
        assertEquals(Optional.empty(), QueryParameters.parse("&&").first(""));
        assertEquals(Optional.empty(), QueryParameters.parse("").first(""));
        assertEquals(Optional.empty(), QueryParameters.NONE.first(""));
    }

    @Test
    void aSemicolonSeparatesNothing() {
        assertEquals(Optional.of("1;b=2"), QueryParameters.parse("a=1;b=2").first("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "%zz=1", "a=1&b=%C0%AF", "a=%4&b=1", "a=%2&0=1"})
    void rejectsWhatCannotBeDecoded(String query) {
        assertThrows(BadRequestException.class, () -> QueryParameters.parse(query));
    }

    @Test
    void takesTimeInProportionToTheLength() {
        String manyNames = "a&".repeat(1_000_000);
        List<String> values = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> QueryParameters.parse(manyNames).all("a"));
        assertEquals(1_000_000, values.size());
    }
}
