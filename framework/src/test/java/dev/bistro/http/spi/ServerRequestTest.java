package dev.bistro.http.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.testing.MockRequest;
import dev.bistro.testing.ServerRequests;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerRequestTest {
    @Test
    void readsTheQuery() {
        Request request = MockRequest.get("/?q=a+b&n=1&n=2").build();
        assertEquals(Optional.of("a b"), request.queryParam("q"));
        assertEquals(List.of("1", "2"), request.queryParams("n"));
        assertEquals(Optional.empty(), request.queryParam("x"));
        assertEquals(List.of(), MockRequest.get("/").build().queryParams("q"));
    }

    @Test
    void aBadQueryIsAFaultEachTimeItIsAskedFor() {
        Request request = MockRequest.get("/?q=%").build();
        assertThrows(BadRequestException.class, () -> request.queryParam("a"));
        assertThrows(BadRequestException.class, () -> request.queryParams("a"));
    }

    @Test
    void readsCookiesOfAllFields() {
        assertEquals(
                List.of("1", "2"),
                MockRequest.get("/")
                        .header("Cookie", "a=1")
                        .header("cookie", "a=2")
                        .build()
                        .cookies()
                        .all("a"));
        assertEquals(Optional.empty(), MockRequest.get("/").build().cookies().first("a"));
    }

    @Test
    void readsTheContentType() {
        assertEquals(
                Optional.of(MediaType.TEXT),
                MockRequest.get("/")
                        .header("Content-Type", "text/plain; charset=UTF-8")
                        .build()
                        .contentType());
        assertEquals(Optional.empty(), MockRequest.get("/").build().contentType());
        assertEquals(
                Optional.empty(),
                MockRequest.get("/").header("Content-Type", "garbage").build().contentType());
    }

    @Test
    void pathVariablesAreThoseOfTheRoute() {
        ServerRequest request = ServerRequests.of(MockRequest.get("/"));
        assertEquals(Optional.empty(), request.pathParam("id"));
        request.setPathVariables(new PathVariables("/items/42", new String[] {"id"}, new int[] {7, 9}));
        assertEquals(Optional.of("42"), request.pathParam("id"));
    }

    @Test
    void attributesPassBetweenThoseWhoHandleIt() {
        MockRequest request = MockRequest.get("/").build();
        assertEquals(Optional.empty(), request.attribute("user"));
        request.setAttribute("user", "ann");
        assertEquals(Optional.of("ann"), request.attribute("user"));
        assertEquals(Optional.empty(), request.attribute("other"));
    }

    @Test
    void aHeaderIsTheFirstOfItsName() {
        Request request = MockRequest.get("/").header("A", "1").header("a", "2").build();
        assertEquals(Optional.of("1"), request.header("a"));
    }
}
