package dev.bistro.binding;

import static dev.bistro.binding.Bindings.bind;
import static dev.bistro.binding.Bindings.rejection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.IfMatch;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.QueryParam;
import dev.bistro.http.HttpException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.InvalidValue.In;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.testing.MockRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BeanBindingTest {
    record Page(
            @DefaultValue("20") int limit,
            @DefaultValue("0") int offset) {
        Page {
            if (limit > 100) {
                throw new IllegalArgumentException("the limit is 100 at the most");
            }
            if (offset == 1000) {
                throw new IllegalArgumentException("too far");
            }
            Objects.checkIndex(offset, 1000);
        }
    }

    record Search(
            @BeanParam Page page,
            @QueryParam("q") Optional<String> text,
            List<String> tags,
            @HeaderParam String acceptLanguage,
            @PathParam("shop") long id) {}

    static class Searches {
        void list(@BeanParam Search search, boolean deep) {}
    }

    static class Pages {
        void list(@BeanParam Page page) {}
    }

    @Test
    void bindsComponentsAsParametersWouldBe() {
        var request = MockRequest.get("/?limit=5&tags=a&tags=b&deep=true")
                .header("Accept-Language", "de")
                .pathParam("shop", "7");
        assertEquals(
                List.of(new Search(new Page(5, 0), Optional.empty(), List.of("a", "b"), "de", 7), true),
                new Bindings().bind(Searches.class, "/{shop}", request));
    }

    @Test
    void tellsOfAllFaultsOfComponentsAndParametersAtOnce() {
        var request = MockRequest.get("/?limit=x&offset=y&deep=1").pathParam("shop", "me");
        var binder = new Bindings().binder(Searches.class, Method.GET, "/{shop}");
        var rejection = assertThrows(dev.bistro.http.BadRequestException.class, () -> binder.bind(request.build()));
        assertEquals("5 parameters are not valid", rejection.detail());
        assertEquals(
                List.of(
                        new InvalidValue(In.QUERY, "limit", "expected an int, but was \"x\""),
                        new InvalidValue(In.QUERY, "offset", "expected an int, but was \"y\""),
                        new InvalidValue(In.HEADER, "Accept-Language", "required, but missing"),
                        new InvalidValue(In.PATH, "shop", "expected a long, but was \"me\""),
                        new InvalidValue(In.QUERY, "deep", "expected true or false, but was \"1\"")),
                rejection.errors());
    }

    @Test
    void tellsWhatTheConstructorSaysOfTheValuesItNames() {
        assertEquals(
                List.of(new InvalidValue(In.QUERY, "limit", "the limit is 100 at the most")),
                rejection(Pages.class, MockRequest.get("/?limit=101")).errors());
        assertEquals(
                List.of(
                        new InvalidValue(In.QUERY, "limit", "too far"),
                        new InvalidValue(In.QUERY, "offset", "too far")),
                rejection(Pages.class, MockRequest.get("/?offset=1000")).errors());
    }

    @Test
    void tellsNothingThatTheConstructorHasNotSaidItself() {
        assertEquals(
                List.of(
                        new InvalidValue(In.QUERY, "limit", "doesn't make a valid BeanBindingTest.Page"),
                        new InvalidValue(In.QUERY, "offset", "doesn't make a valid BeanBindingTest.Page")),
                rejection(Pages.class, MockRequest.get("/?offset=-1")).errors());
    }

    @Test
    void callsNoConstructorWithoutTheVersionThatTheClientHas() {
        record Change(
                @IfMatch long version, @DefaultValue("1") int amount) {}
        record Outer(@BeanParam Change change) {}
        class Local {
            void change(@IfMatch long first, @BeanParam Outer outer) {}
        }
        var binder = new Bindings().binder(Local.class, Method.PUT, "/");
        for (var expected :
                Map.of("", 428, "*", 428, "\"x\"", 412, "W/\"7\"", 412).entrySet()) {
            var request = MockRequest.put("/").header("If-Match", expected.getKey());
            var refusal = assertThrows(HttpException.class, () -> binder.bind(request.build()));
            assertEquals(expected.getValue(), refusal.status().code());
        }
        var request = MockRequest.put("/").header("If-Match", "\"7\"").build();
        assertEquals(List.of(7L, new Outer(new Change(7, 1))), List.of(binder.bind(request)));
    }

    @Test
    void callsNoConstructorOfARecordWithAFault() {
        record Outer(@BeanParam Page page, Optional<String> name) {
            Outer {
                if (page == null) {
                    throw new IllegalStateException("Called without a page");
                }
            }
        }
        class Local {
            void list(@BeanParam Outer outer) {}
        }
        assertEquals(
                1, rejection(Local.class, MockRequest.get("/?limit=x")).errors().size());
    }

    @Test
    void letsOtherExceptionsOfTheConstructorThrough() {
        record Buggy(int number) {
            Buggy {
                throw new IllegalStateException("a bug");
            }
        }
        class Local {
            void list(@BeanParam Buggy buggy) {}
        }
        assertThrows(IllegalStateException.class, () -> bind(Local.class, MockRequest.get("/?number=1")));
    }

    @Test
    void aRequestInARecordTakesTheBodyAndAllVariables() {
        record Whole(Request request) {}
        class Local {
            void list(@BeanParam Whole whole) {}
        }
        var bindings = new Bindings();
        assertTrue(bindings.binder(Local.class, Method.POST, "/{id}").takesBody());
        assertEquals(List.of(), bindings.problems.found());
    }

    @Test
    void fillsARecordWithoutComponents() {
        record Nothing() {}
        class Local {
            void list(@BeanParam Nothing nothing) {}
        }
        assertEquals(List.of(new Nothing()), bind(Local.class, MockRequest.get("/")));
    }
}
