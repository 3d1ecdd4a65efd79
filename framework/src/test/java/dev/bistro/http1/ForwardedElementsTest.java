package dev.bistro.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedElementsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=192.0.2.60;proto=http;by=203.0.113.43 | [{by=203.0.113.43, for=192.0.2.60, proto=http}]",
                "for=192.0.2.43, for=198.51.100.17 | [{for=192.0.2.43}, {for=198.51.100.17}]",
                "For=\"[2001:db8:cafe::17]:4711\" | [{for=[2001:db8:cafe::17]:4711}]",
                "for=_gazonk;PROTO=https | [{for=_gazonk, proto=https}]",
                "for=\"a,b;c=d\",for=e | [{for=a,b;c=d}, {for=e}]",
                "for=\"\\\"a\\\\\" | [{for=\"a\\}]",
                "for=\"\" | [{for=}]",
                ", ,for=a,, | [{for=a}]",
                "for=a;;proto=http; | [{for=a, proto=http}]",
                "for=a ; proto=http | [{for=a, proto=http}]",
                "; | [{}]",
            })
    void readsElements(String field, String expected) throws Rejection {
        assertEquals(
                expected,
                ForwardedElements.parse(field).stream()
                        .map(TreeMap::new)
                        .toList()
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for",
                "for=",
                "=a",
                "for =a",
                "for= a",
                "for=a for=b",
                "for=a;for=b",
                "for=a;FOR=b",
                "for=\"a",
                "for=\"",
                "for=\"a\\",
                "for=\"a\"b",
                "for=[::1]",
                "for=1.2.3.4:80",
                "for=a/b",
                "a",
                "for=\"x, for=\"[::1]\""
            })
    void rejectsWhatIsMalformed(String field) {
        assertThrows(Rejection.class, () -> ForwardedElements.parse(field));
    }
}
