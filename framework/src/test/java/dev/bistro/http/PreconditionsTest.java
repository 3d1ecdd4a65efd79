package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.testing.MockRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"*", "\"v7\""})
    void demandsAResourceThatIsMissing(String condition) {
        Request request = MockRequest.put("/a").header("If-Match", condition).build();
        var fault = assertThrows(HttpException.class, () -> Preconditions.checkMissing(request));
        assertEquals(Status.PRECONDITION_FAILED, fault.status());
    }

    @Test
    void letsAMissingResourceBeMade() {
        Request create = MockRequest.put("/a").header("If-None-Match", "*").build();
        assertDoesNotThrow(() -> Preconditions.checkMissing(create));
        assertDoesNotThrow(
                () -> Preconditions.checkMissing(MockRequest.put("/a").build()));
    }
}
