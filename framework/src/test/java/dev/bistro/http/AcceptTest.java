package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.testing.MockRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";

    /** The table of RFC 9110, section 12.5.1. */
    @ParameterizedTest
    @CsvSource({
        "text/plain;format=flowed, 1000",
        "text/plain, 700",
        "text/html, 300",
        "image/jpeg, 500",
        "text/plain;format=fixed, 400",
        "text/html;level=3, 300"
    })
    void theMostSpecificRangeDecides(String offered, int quality) {
        Accept accept = Accept.parse(
                "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5");
        assertEquals(quality, accept.quality(MediaType.parse(offered)));
    }

    @ParameterizedTest
    @CsvSource({
        "q=1, 1000",
        "q=1.0, 1000",
        "q=1.000, 1000",
        "q=0, 0",
        "q=0.000, 0",
        "q=0., 0",
        "q=1., 1000",
        "q=0.5, 500",
        "q=0.05, 50",
        "q=0.001, 1",
        "Q=0.25, 250",
        "q=\"0.25\", 250"
    })
    void readsWeights(String weight, int quality) {
        assertEquals(quality, Accept.parse("text/html;" + weight).quality(MediaType.HTML));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=1.001",
                "q=2",
                "q=-1",
                "q=.5",
                "q=0.0001",
                "q=0,5",
                "q=",
                "q",
                "q=x",
                "q=1e0",
                "q=00.5",
                "q=0.٥",
                "q=0.5x",
                "q=0.5."
            })
    void passesOverRangesWithAnotherWeight(String weight) {
        assertEquals(0, Accept.parse("text/plain, text/html;" + weight).quality(MediaType.HTML));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "garbage", "text", ";;", "/", "text/html;q", "\"", "*;q=0.2"})
    void aHeaderWithoutAnyValidRangeAcceptsAnything(String value) {
        assertEquals(1000, Accept.parse(value).quality(MediaType.JSON));
    }

    @Test
    void aCommaInAQuotedParameterIsNoSeparator() {
        Accept accept = Accept.parse("a/b;x=\"1, c/d;\\\"\", e/f;q=0.5");
        assertEquals(0, accept.quality(MediaType.parse("c/d")));
        assertEquals(500, accept.quality(MediaType.parse("e/f")));
        assertEquals(1000, accept.quality(MediaType.parse("a/b;x=\"1, c/d;\\\"\"")));
    }

    @Test
    void zeroTakesATypeOutOfAWiderRange() {
        Accept accept = Accept.parse("text/*, text/html;q=0");
        assertEquals(0, accept.quality(MediaType.HTML));
        assertEquals(1000, accept.quality(MediaType.TEXT));
    }

    @Test
    void theOrderOfRangesDoesNotMatter() {
        for (String value :
                List.of("*/*;q=0.1, text/*;q=0.2, text/html;q=0.3", "text/html;q=0.3, text/*;q=0.2, */*;q=0.1")) {
            assertEquals(300, Accept.parse(value).quality(MediaType.HTML));
            assertEquals(200, Accept.parse(value).quality(MediaType.TEXT));
            assertEquals(100, Accept.parse(value).quality(MediaType.JSON));
        }
    }

    @Test
    void aWildcardBeforeASubtypeMatchesNothing() {
        assertEquals(0, Accept.parse("*/html").quality(MediaType.HTML));
    }

    @Test
    void theCharsetOfARangeIsLeftToAcceptCharset() {
        assertEquals(1000, Accept.parse("application/json;charset=utf-8").quality(MediaType.JSON));
        assertEquals(500, Accept.parse("text/html;charset=iso-8859-1;q=0.5").quality(MediaType.HTML));
    }

    @Test
    void offersTheBestToABrowser() {
        assertEquals(Optional.of(MediaType.HTML), Accept.parse(BROWSER).best(List.of(MediaType.JSON, MediaType.HTML)));
    }

    @Test
    void ofEqualsTheFirstOfferIsBest() {
        Accept anything = Accept.parse("*/*");
        assertEquals(Optional.of(MediaType.JSON), anything.best(List.of(MediaType.JSON, MediaType.HTML)));
        assertEquals(Optional.of(MediaType.HTML), anything.best(List.of(MediaType.HTML, MediaType.JSON)));
    }

    @Test
    void nothingIsBestWhereNothingIsAccepted() {
        assertEquals(Optional.empty(), Accept.parse("image/*").best(List.of(MediaType.JSON, MediaType.HTML)));
        assertEquals(Optional.empty(), Accept.parse("*/*;q=0").best(List.of(MediaType.JSON)));
        assertEquals(Optional.empty(), Accept.parse("*/*").best(List.of()));
    }

    @Test
    void readsTheHeadersOfARequestAsOneList() {
        Accept accept = Accept.of(MockRequest.get("/")
                .header("Accept", "text/html;q=0.2")
                .header("accept", "application/json")
                .build());
        assertEquals(200, accept.quality(MediaType.HTML));
        assertEquals(1000, accept.quality(MediaType.JSON));
    }

    @Test
    void aMissingHeaderAcceptsAnything() {
        assertEquals(1000, Accept.of(MockRequest.get("/").build()).quality(MediaType.OCTETS));
    }

    @Test
    void weightsAreRejectedWithTheTextThatWasGiven() {
        var fault = assertThrows(IllegalArgumentException.class, () -> HeaderLists.quality("1.5"));
        assertEquals("Not a weight: \"1.5\" (one looks like 0.5; RFC 9110, section 12.4.2)", fault.getMessage());
    }

    @Test
    void likesWhatIsNamedBetterThanWhatIsOnlyAllowed() {
        List<MediaType> offered = List.of(MediaType.JSON, MediaType.HTML);
        assertEquals(Optional.of(MediaType.HTML), Accept.parse("text/html, */*").best(offered));
        assertEquals(Optional.of(MediaType.HTML), Accept.parse("*/*, text/*").best(offered));
        assertEquals(
                Optional.of(MediaType.JSON),
                Accept.parse("text/html;q=0.9, */*").best(offered));
        assertEquals(
                Optional.of(MediaType.JSON),
                Accept.parse("text/html;q=0, */*;q=0.1").best(offered));
    }
}
