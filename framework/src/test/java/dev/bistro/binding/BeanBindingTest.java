package dev.bistro.binding;

import static dev.bistro.binding.Bindings.bind;
import static dev.bistro.binding.Bindings.rejection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.QueryParam;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.InvalidValue.In;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.testing.MockRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BeanBindingTest {
    record Page(
            @DefaultValue("20") int limit,
            @DefaultValue("0") int offset) {
        Page {
            if (limit > 100) {
                throw new IllegalArgumentException("for our eyes only");
            }
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
    void answersAnIllegalArgumentOfTheConstructorWithoutItsText() {
        var rejection = rejection(Pages.class, MockRequest.get("/?limit=101"));
        assertEquals(
                List.of(
                        new InvalidValue(In.QUERY, "limit", "doesn't make a valid BeanBindingTest.Page"),
                        new InvalidValue(In.QUERY, "offset", "doesn't make a valid BeanBindingTest.Page")),
                rejection.errors());
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
