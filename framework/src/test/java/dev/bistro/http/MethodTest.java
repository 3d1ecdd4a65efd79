package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodTest {
    @Test
    void registeredNamesGiveTheConstants() {
        assertSame(Method.GET, Method.of("GET"));
        assertSame(Method.QUERY, Method.of("QUERY"));
        assertSame(Method.CONNECT, Method.of(new String("CONNECT")));
    }

    @Test
    void otherTokensAreMethodsToo() {
        assertEquals("PROPFIND", Method.of("PROPFIND").name());
        assertEquals(Method.of("PROPFIND"), Method.of("PROPFIND"));
        assertEquals(Method.of("PROPFIND").hashCode(), Method.of("PROPFIND").hashCode());
        assertNotEquals(Method.of("PROPFIND"), Method.of("PROPPATCH"));
    }

    @Test
    void caseMatters() {
        assertNotEquals(Method.GET, Method.of("get"));
        assertFalse(Method.of("get").isSafe());
    }

    @Test
    void safeMethodsAreThoseOfTheRfcs() {
        List<String> safe = Stream.of(
                        "GET",
                        "HEAD",
                        "POST",
                        "PUT",
                        "PATCH",
                        "DELETE",
                        "OPTIONS",
                        "QUERY",
                        "TRACE",
                        "CONNECT",
                        "PROPFIND")
                .filter(name -> Method.of(name).isSafe())
                .toList();
        assertEquals(List.of("GET", "HEAD", "OPTIONS", "QUERY", "TRACE"), safe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "GET ", "G ET", "GET\r\n", "GET/", "GÉT", "{}"})
    void rejectsWhatIsNoToken(String name) {
        assertThrows(IllegalArgumentException.class, () -> Method.of(name));
    }
}
