package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerRequestTest {
    @Test
    void readsTheQuery() {
        StubRequest request = StubRequest.withQuery("q=a+b&n=1&n=2");
        assertEquals(Optional.of("a b"), request.queryParam("q"));
        assertEquals(List.of("1", "2"), request.queryParams("n"));
        assertEquals(Optional.empty(), request.queryParam("x"));
        assertEquals(List.of(), StubRequest.withQuery(null).queryParams("q"));
    }

    @Test
    void aBadQueryIsAFaultEachTimeItIsAskedFor() {
        StubRequest request = StubRequest.withQuery("q=%");
        assertThrows(BadRequestException.class, () -> request.queryParam("a"));
        assertThrows(BadRequestException.class, () -> request.queryParams("a"));
    }

    @Test
    void readsCookiesOfAllFields() {
        assertEquals(
                List.of("1", "2"),
                StubRequest.withHeaders("Cookie", "a=1", "cookie", "a=2")
                        .cookies()
                        .all("a"));
        assertEquals(Optional.empty(), StubRequest.withHeaders().cookies().get("a"));
    }

    @Test
    void readsTheContentType() {
        assertEquals(
                Optional.of(MediaType.TEXT),
                StubRequest.withHeaders("Content-Type", "text/plain; charset=UTF-8")
                        .contentType());
        assertEquals(Optional.empty(), StubRequest.withHeaders().contentType());
        assertEquals(
                Optional.empty(),
                StubRequest.withHeaders("Content-Type", "garbage").contentType());
    }

    @Test
    void pathVariablesAreThoseOfTheRoute() {
        StubRequest request = StubRequest.withHeaders();
        assertEquals(Optional.empty(), request.pathParam("id"));
        request.setPathVariables(new PathVariables("/items/42", new String[] {"id"}, new int[] {7, 9}));
        assertEquals(Optional.of("42"), request.pathParam("id"));
    }

    @Test
    void attributesPassBetweenThoseWhoHandleIt() {
        StubRequest request = StubRequest.withHeaders();
        assertEquals(Optional.empty(), request.attribute("user"));
        request.setAttribute("user", "ann");
        assertEquals(Optional.of("ann"), request.attribute("user"));
        assertEquals(Optional.empty(), request.attribute("other"));
    }

    @Test
    void aHeaderIsTheFirstOfItsName() {
        Request request = StubRequest.withHeaders("A", "1", "a", "2");
        assertEquals(Optional.of("1"), request.header("a"));
    }
}
