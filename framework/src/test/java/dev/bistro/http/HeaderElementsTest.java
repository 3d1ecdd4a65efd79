package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderElementsTest {
    @Test
    void splitsFieldsAtCommasOutsideOfQuotes() {
        Headers headers = Headers.of("X-Tag", "a, ,b", "Other", "x", "x-tag", "\"c, d\"");
        assertEquals(List.of("a", "b", "\"c, d\""), headers.elements("X-Tag"));
    }

    @Test
    void hasNoneWhereTheFieldIsMissingOrEmpty() {
        Headers headers = Headers.of("X-Tag", "");
        assertEquals(List.of(), headers.elements("X-Tag"));
        assertEquals(List.of(), headers.elements("X-Other"));
    }
}
