package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    private static final Headers THREE = Headers.of("Vary", "Accept", "Allow", "GET", "vary", "Origin");

    @Test
    void findsNamesWhateverTheirCase() {
        assertEquals(Optional.of("GET"), THREE.first("ALLOW"));
        assertEquals(List.of("Accept", "Origin"), THREE.all("vARY"));
        assertTrue(THREE.contains("allow"));
    }

    @Test
    void findsNothingForAnotherName() {
        assertEquals(Optional.empty(), THREE.first("All"));
        assertEquals(List.of(), THREE.all("Allowed"));
        assertEquals(Optional.empty(), THREE.combined(""));
        assertFalse(THREE.contains("Var"));
        assertEquals(-1, THREE.indexOf("Vary", 3));
    }

    @Test
    void findsTheNextFieldOfAName() {
        assertEquals(0, THREE.indexOf("Vary", 0));
        assertEquals(2, THREE.indexOf("Vary", 1));
    }

    @Test
    void keepsOrderAndSpelling() {
        assertEquals(3, THREE.size());
        assertEquals("vary", THREE.name(2));
        assertEquals("Origin", THREE.value(2));
        assertEquals("Vary: Accept\nAllow: GET\nvary: Origin", THREE.toString());
    }

    @Test
    void combinesRepeatedFieldsIntoOneList() {
        assertEquals(Optional.of("Accept, Origin"), THREE.combined("Vary"));
        assertEquals(Optional.of("GET"), THREE.combined("Allow"));
    }

    @Test
    void withReplacesAllOfTheName() {
        assertEquals("Allow: GET\nVARY: *", THREE.with("VARY", "*").toString());
    }

    @Test
    void withOthersReplacesAllOfTheirNames() {
        Headers others = Headers.of("VARY", "*", "Age", "1", "Age", "2");
        assertEquals("Allow: GET\nVARY: *\nAge: 1\nAge: 2", THREE.with(others).toString());
        assertSame(THREE, THREE.with(Headers.empty()));
        assertEquals(others.toString(), Headers.empty().with(others).toString());
    }

    @Test
    void plusAddsAndWithoutRemoves() {
        assertEquals(
                List.of("Accept", "Origin", "Cookie"),
                THREE.plus("Vary", "Cookie").all("Vary"));
        assertEquals("Allow: GET", THREE.without("vary").toString());
        assertSame(THREE, THREE.without("Via"));
    }

    @Test
    void changesLeaveTheOriginalAsItWas() {
        String before = THREE.toString();
        THREE.plus("A", "b").with("Vary", "*").without("Allow");
        assertEquals(before, THREE.toString());
        assertEquals(0, Headers.empty().size());
    }

    @Test
    void doesNotSeeLaterChangesOfTheArrayItWasMadeFrom() {
        String[] pairs = {"A", "1"};
        Headers headers = Headers.of(pairs);
        pairs[1] = "1\r\nB: 2";
        assertEquals("A: 1", headers.toString());
    }

    @Test
    void takesAwayTheWhiteSpaceAroundAValue() {
        assertEquals("a b", Headers.of("X", " \ta b\t ").value(0));
        assertEquals("", Headers.empty().plus("X", "  ").value(0));
    }

    @Test
    void rejectsANameWithoutAValue() {
        assertThrows(IllegalArgumentException.class, () -> Headers.of("A", "1", "B"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "A B", "A:", "A\r\nB", "A\n", "A\0", "Ä", "(A)", "A,B", "\"A\""})
    void rejectsNamesThatAreNoTokens(String name) {
        assertThrows(IllegalArgumentException.class, () -> Headers.of(name, "v"));
        assertThrows(IllegalArgumentException.class, () -> THREE.plus(name, "v"));
        assertThrows(IllegalArgumentException.class, () -> THREE.with(name, "v"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\r\nSet-Cookie: b", "a\n", "\ra", "a\0b", "a\u007f", "a\u001fb", "\u0100", "\u560a", "📘"})
    void rejectsValuesThatCouldEndALine(String value) {
        assertThrows(IllegalArgumentException.class, () -> Headers.of("A", value));
        assertThrows(IllegalArgumentException.class, () -> THREE.plus("A", value));
        assertThrows(IllegalArgumentException.class, () -> THREE.with("A", value));
    }

    @Test
    void saysWhichCharacterIsWrongWithoutTellingTheValue() {
        var fault = assertThrows(IllegalArgumentException.class, () -> Headers.of("Authorization", "secret\n"));
        assertEquals(
                "The value of header Authorization has U+000A at index 6, which no header may have"
                        + " (RFC 9110, section 5.5)",
                fault.getMessage());
    }

    @Test
    void takesTheBytesAboveAscii() {
        assertEquals("caf\u00e9", Headers.of("A", "caf\u00e9").value(0));
    }

    @Test
    void checksFieldsOfAnotherImplementation() {
        Headers split = new OneField("A", "1\r\nB: 2");
        assertThrows(IllegalArgumentException.class, () -> split.plus("C", "3"));
        assertThrows(IllegalArgumentException.class, () -> Response.ok("x").withHeaders(split));
        assertThrows(IllegalArgumentException.class, () -> Response.of(Status.OK, split, "x"));
    }

    @Test
    void anotherImplementationNeedsOnlyThreeMethods() {
        Headers one = new OneField("Vary", "Accept");
        assertEquals(Optional.of("Accept"), one.first("vary"));
        assertEquals("Vary: Accept\nA: 1", one.plus("A", "1").toString());
        assertEquals("", one.without("VARY").toString());
        assertEquals("Vary: *", one.with("Vary", "*").toString());
    }

    private record OneField(String name, String value) implements Headers {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public String name(int index) {
            return name;
        }

        @Override
        public String value(int index) {
            return value;
        }
    }
}
