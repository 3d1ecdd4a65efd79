package dev.bistro.binding;

import static dev.bistro.binding.Bindings.rejection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.annotation.CookieParam;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.PathParam;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.InvalidValue.In;
import dev.bistro.http.Method;
import dev.bistro.testing.MockRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client is told about values that can't be bound. */
class RejectionTest {
    static class Limited {
        void list(int limit) {}
    }

    @Test
    void namesSourceNameExpectationAndValue() {
        var rejection = rejection(Limited.class, MockRequest.get("/?limit=abc"));
        assertEquals("Query parameter \"limit\": expected an int, but was \"abc\"", rejection.detail());
        assertEquals(
                List.of(new InvalidValue(In.QUERY, "limit", "expected an int, but was \"abc\"")), rejection.errors());
    }

    @Test
    void saysThatAValueIsMissing() {
        assertEquals(
                "Query parameter \"limit\": required, but missing",
                rejection(Limited.class, MockRequest.get("/")).detail());
    }

    @Test
    void namesHeadersCookiesAndPathVariables() {
        class OfHeader {
            void list(@HeaderParam int maxForwards) {}
        }
        class OfCookie {
            void list(@CookieParam int size) {}
        }
        class OfPath {
            void list(@PathParam int id) {}
        }
        assertEquals(
                "Header \"Max-Forwards\": required, but missing",
                rejection(OfHeader.class, MockRequest.get("/")).detail());
        assertEquals(
                "Cookie \"size\": required, but missing",
                rejection(OfCookie.class, MockRequest.get("/")).detail());
        MethodBinder binder = new Bindings().binder(OfPath.class, Method.GET, "/{id}");
        MockRequest request = MockRequest.get("/x").pathParam("id", "x").build();
        assertEquals(
                "Path variable \"id\": expected an int, but was \"x\"",
                assertThrows(BadRequestException.class, () -> binder.bind(request))
                        .detail());
    }

    @Test
    void tellsOfTheFirstBadValueOfAListOnly() {
        class Local {
            void list(List<Integer> ids) {}
        }
        assertEquals(
                "Query parameter \"ids\": expected an int, but was \"a\"",
                rejection(Local.class, MockRequest.get("/?ids=1&ids=a&ids=b")).detail());
    }

    @Test
    void doesNotReadTheBodyOfARequestThatIsRejectedAnyway() {
        class Local {
            void add(List<Object> body, int limit) {}
        }
        var bindings = new Bindings((type, consumes) -> java.util.Optional.of(request -> {
            throw new IllegalStateException("Read");
        }));
        MethodBinder binder = bindings.binder(Local.class, Method.POST, "/");
        assertThrows(
                BadRequestException.class,
                () -> binder.bind(MockRequest.post("/").build()));
        assertThrows(
                IllegalStateException.class,
                () -> binder.bind(MockRequest.post("/?limit=1").build()));
    }

    @Test
    void cutsTheValueAndHidesWhatWouldDisturbItsDisplay() {
        assertEquals("\"abc\"", ShownText.quote("abc"));
        assertEquals("\"" + "x".repeat(40) + "\"", ShownText.quote("x".repeat(40)));
        assertEquals("\"" + "x".repeat(40) + "…\"", ShownText.quote("x".repeat(41)));
        assertEquals("\"a\uFFFDb\uFFFDc\"", ShownText.quote("a\nb\u202Ec"));
        assertEquals("\"📘\"", ShownText.quote("📘"));
        assertEquals("\"" + "x".repeat(39) + "📘…\"", ShownText.quote("x".repeat(39) + "📘y"));
    }

    @Test
    void sharesNoArrayBetweenRequests() {
        class Local {
            void list(@DefaultValue("1") int[] ids) {}
        }
        MethodBinder binder = new Bindings().binder(Local.class, Method.GET, "/");
        assertNotSame(
                binder.bind(MockRequest.get("/").build())[0],
                binder.bind(MockRequest.get("/").build())[0]);
    }
}
