package dev.bistro.http.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.http.BadRequestException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathVariablesTest {
    private static final PathVariables VARIABLES = new PathVariables(
            "/a%2Fb/c+d//%zz", new String[] {"one", "two", "none", "bad"}, new int[] {1, 6, 7, 10, 11, 11, 12, 15});

    @Test
    void decodesWhatStandsInThePath() {
        assertEquals(Optional.of("a/b"), VARIABLES.get("one"));
        assertEquals(Optional.of("c+d"), VARIABLES.get("two"));
        assertEquals(Optional.of(""), VARIABLES.get("none"));
    }

    @Test
    void knowsNoOtherName() {
        assertEquals(Optional.empty(), VARIABLES.get("One"));
        assertEquals(Optional.empty(), PathVariables.NONE.get("one"));
    }

    @Test
    void whatCannotBeDecodedIsTheClientsFault() {
        assertThrows(BadRequestException.class, () -> VARIABLES.get("bad"));
    }
}
