package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What users replace in the tests of their controllers can be replaced with Mockito. */
class MockabilityTest {
    @Test
    void requestsCanBeMocked() {
        Request request = mock(Request.class);
        when(request.queryParam("q")).thenReturn(Optional.of("tea"));
        assertEquals(Optional.of("tea"), request.queryParam("q"));
        assertEquals(Optional.empty(), request.queryParam("other"));
        request.setAttribute("user", "ann");
        verify(request).setAttribute("user", "ann");
    }

    @Test
    void cookiesAreAFunction() {
        Cookies cookies = name -> name.equals("theme") ? List.of("dark") : List.of();
        assertEquals(Optional.of("dark"), cookies.first("theme"));
        assertEquals(Optional.empty(), cookies.first("other"));
    }
}
