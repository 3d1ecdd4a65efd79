package dev.bistro.binding;

import static dev.bistro.startup.Golden.assertGolden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.CookieParam;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.Label;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.QueryParam;
import dev.bistro.body.BodyReaders;
import dev.bistro.body.FileUpload;
import dev.bistro.body.Form;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.testing.MockRequest;
import dev.bistro.types.ResolvedMethod;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The startup report of parameters that can't be bound. */
class BindingFaultsTest {
    record Page(int limit, int offset) {}

    interface Money {}

    public static final class Sku {
        public static Sku of(String text) {
            return new Sku();
        }
    }

    @Test
    void unknownPathVariable() {
        class ItemController {
            void find(@PathParam long itemId, String name) {}
        }
        expect("unknown-path-variable", ItemController.class, Method.GET, "/items/{id}");
    }

    @Test
    void unknownPathVariableThatIsLikeNoOther() {
        class ItemController {
            void find(@PathParam("colour") String colour, String id, String size) {}
        }
        expect("unknown-path-variable-others", ItemController.class, Method.GET, "/items/{id}/{size}");
    }

    @Test
    void unknownPathVariableOfAPathWithoutAny() {
        class ItemController {
            void find(@PathParam("id") long id) {}
        }
        expect("unknown-path-variable-none", ItemController.class, Method.GET, "/items");
    }

    @Test
    void unusedPathVariable() {
        class ItemController {
            void find(String name) {}
        }
        expect("unused-path-variable", ItemController.class, Method.GET, "/items/{id}");
    }

    @Test
    void unusedPathVariableWithAParameterOfALikeName() {
        class ItemController {
            void find(long itemId) {}
        }
        expect("unused-path-variable-meant", ItemController.class, Method.GET, "/items/{id}");
    }

    @Test
    void aVariableThatARequestOrARecordTakesIsNotUnused() {
        record Id(long id) {}
        class WithRequest {
            void find(Request request) {}
        }
        class WithRecord {
            void find(@BeanParam Id id) {}
        }
        for (Class<?> controller : List.of(WithRequest.class, WithRecord.class)) {
            var bindings = new Bindings();
            bindings.binder(controller, Method.GET, "/items/{id}");
            assertEquals(List.of(), bindings.problems.found());
        }
    }

    @Test
    void unconvertibleType() {
        class ItemController {
            void find(@QueryParam List<Money> prices) {}
        }
        expect("unconvertible-type", ItemController.class, Method.GET, "/items");
    }

    @Test
    void badMediaTypeThatIsNearlyOne() {
        class ItemController {
            @Consumes("json")
            void add(Page page) {}
        }
        expect("bad-media-type-near", ItemController.class, Method.POST, "/items");
    }

    @Test
    void nestedValues() {
        class ItemController {
            void find(
                    Optional<List<String>> names,
                    @QueryParam List<Optional<Integer>> counts,
                    @HeaderParam Set<OptionalInt> sizes,
                    @CookieParam Optional<int[]> numbers) {}
        }
        expect("nested-values", ItemController.class, Method.GET, "/items");
    }

    @Test
    void unknownSource() {
        class ItemController {
            void find(Money price) {}
        }
        expect("unknown-source", ItemController.class, Method.GET, "/items");
    }

    @Test
    void unknownSourceOfARecord() {
        class ItemController {
            void remove(Page page) {}
        }
        expect("unknown-source-record", ItemController.class, Method.DELETE, "/items");
    }

    @Test
    void unknownSourceWhereNoCodecReadsTheType() {
        class ItemController {
            void add(Money price) {}
        }
        expect("unknown-source-unreadable", Bindings.READS_NOTHING, ItemController.class, Method.POST, "/items");
    }

    @Test
    void unknownSourceOfAComponent() {
        record Order(Money price) {}
        class ItemController {
            void add(@BeanParam Order order) {}
        }
        expect("unknown-source-component", ItemController.class, Method.POST, "/items");
    }

    @Test
    void ambiguousSource() {
        class ItemController {
            void add(Sku sku) {}
        }
        expect("ambiguous-source", ItemController.class, Method.POST, "/items");
    }

    @Test
    void twoSources() {
        class ItemController {
            void find(@PathParam @QueryParam String id) {}
        }
        expect("two-sources", ItemController.class, Method.GET, "/items/{id}");
    }

    @Test
    void twoBodies() {
        class ItemController {
            void add(Page page, @Body String text) {}
        }
        expect("two-bodies", ItemController.class, Method.POST, "/items");
    }

    @Test
    void bodyWithoutMeaning() {
        class ItemController {
            void find(@Body Page page) {}
        }
        expect("body-without-meaning", ItemController.class, Method.GET, "/items");
    }

    @Test
    void unreadableBody() {
        class ItemController {
            @Consumes({"text/csv", "text/plain"})
            void add(@Body Page page) {}
        }
        expect("unreadable-body", Bindings.READS_NOTHING, ItemController.class, Method.POST, "/items");
    }

    @Test
    void unreadableBodyOfAnyMediaType() {
        class ItemController {
            void add(@Body Page page) {}
        }
        expect("unreadable-body-any", Bindings.READS_NOTHING, ItemController.class, Method.POST, "/items");
    }

    @Test
    void badMediaType() {
        class ItemController {
            @Consumes("yaml")
            void add(Page page) {}
        }
        expect("bad-media-type", ItemController.class, Method.POST, "/items");
    }

    @Test
    void badDefault() {
        class ItemController {
            void find(@DefaultValue("many") int limit) {}
        }
        expect("bad-default", ItemController.class, Method.GET, "/items");
    }

    @Test
    void badDefaultOfAComponent() {
        record Slice(@DefaultValue("") List<Integer> ids) {}
        class ItemController {
            void find(@BeanParam Slice slice) {}
        }
        expect("bad-default-component", ItemController.class, Method.GET, "/items");
    }

    @Test
    void uselessDefaults() {
        class ItemController {
            void put(
                    @DefaultValue("1") long id,
                    @DefaultValue("2") Optional<Integer> limit,
                    @DefaultValue("3") @BeanParam Page page,
                    @DefaultValue("4") Request request,
                    @DefaultValue("5") @Body String text) {}
        }
        expect("useless-default", ItemController.class, Method.PUT, "/items/{id}");
    }

    @Test
    void notARecord() {
        class ItemController {
            void find(@BeanParam Money price) {}
        }
        expect("not-a-record", ItemController.class, Method.GET, "/items");
    }

    @Test
    void endlessRecord() {
        record Node(int value, @BeanParam Node next) {}
        class ItemController {
            void find(@BeanParam Node node) {}
        }
        expect("endless-record", ItemController.class, Method.GET, "/items");
    }

    @Test
    void bodyInRecord() {
        record Order(@Body String text) {}
        class ItemController {
            void add(@BeanParam Order order) {}
        }
        expect("body-in-record", ItemController.class, Method.POST, "/items");
    }

    enum Stock {
        @Label("in-stock")
        IN_STOCK,
        @Label("IN_STOCK")
        SOLD_OUT
    }

    @Test
    void sharedLabel() {
        class ItemController {
            void find(List<Stock> stock) {}
        }
        expect("shared-label", ItemController.class, Method.GET, "/items");
    }

    @Test
    void ambiguousSourceOfAMap() {
        class ItemController {
            void add(Map<String, List<String>> all) {}
        }
        expect("ambiguous-source-map", ItemController.class, Method.POST, "/items");
    }

    @Test
    void unconvertibleRecord() {
        class ItemController {
            void find(@QueryParam Page page) {}
        }
        expect("unconvertible-type-record", ItemController.class, Method.GET, "/items");
    }

    @Test
    void formWithoutMeaning() {
        class ItemController {
            void find(@FormParam String name, FileUpload file) {}
        }
        expect("body-without-meaning-form", ItemController.class, Method.GET, "/items");
    }

    @Test
    void formOfAnotherType() {
        class ItemController {
            @Consumes("application/json")
            void add(@FormParam String name) {}
        }
        expect("form-of-another-type", ItemController.class, Method.POST, "/items");
    }

    @Test
    void fileOfAFormWithoutFiles() {
        class ItemController {
            @Consumes("application/x-www-form-urlencoded")
            void add(FileUpload file) {}
        }
        expect("form-of-another-type-file", ItemController.class, Method.POST, "/items");
    }

    @Test
    void formAndAnotherBodyInOneMethod() {
        class ItemController {
            @Consumes({"application/json", "application/x-www-form-urlencoded"})
            void add(Page page) {}
        }
        expect("unreadable-body-form", Bindings.READS_NOTHING, ItemController.class, Method.POST, "/items");
    }

    @Test
    void formBesideABody() {
        class ItemController {
            void add(@FormParam String name, Page page) {}
        }
        expect("two-bodies-form", ItemController.class, Method.POST, "/items");
    }

    @Test
    void endlessRecordOfFields() {
        record Node(int value, Node next) {}
        class ItemController {
            void add(@FormParam Node node) {}
        }
        expect("endless-record-form", ItemController.class, Method.POST, "/items");
    }

    @Test
    void uselessDefaultsOfForms() {
        class ItemController {
            void add(
                    @DefaultValue("a") FileUpload file,
                    @DefaultValue("b") @FormParam Map<String, String> all,
                    @DefaultValue("c") Form form,
                    @DefaultValue("d") Principal principal) {}
        }
        expect("useless-default-form", ItemController.class, Method.POST, "/items");
    }

    @Test
    void badNames() {
        class ItemController {
            void find(@HeaderParam("User Agent") String agent, @CookieParam("a=b") String cookie) {}
        }
        expect("bad-names", ItemController.class, Method.GET, "/items");
    }

    /** The JDK's own classes are compiled without -parameters. */
    @Test
    void noParameterNames() throws Exception {
        var bindings = new Bindings();
        BinderFactory factory = bindings.factory();
        var charAt = ResolvedMethod.of(String.class.getMethod("charAt", int.class));
        var concat = ResolvedMethod.of(String.class.getMethod("concat", String.class));
        factory.create(charAt, Method.GET, "/{index}", List.of("index"));
        factory.create(concat, Method.GET, "/", List.of());
        assertGolden("no-parameter-names", bindings.problems);
    }

    @Test
    void needsNoNameForWhatIsKnownByItsType() throws Exception {
        var bindings = new Bindings();
        bindings.binder(List.class.getMethod("addAll", java.util.Collection.class), Method.POST, "/");
        assertEquals(List.of(), bindings.problems.found());
    }

    @Test
    void aMethodWithAFaultIsNotBound() {
        class ItemController {
            void find(Money price) {}
        }
        MethodBinder binder = new Bindings().binder(ItemController.class, Method.GET, "/");
        assertThrows(
                IllegalStateException.class,
                () -> binder.bind(MockRequest.get("/").build()));
    }

    private static void expect(String golden, Class<?> controller, Method verb, String template) {
        expect(golden, Bindings.READS_ANYTHING, controller, verb, template);
    }

    private static void expect(String golden, BodyReaders bodies, Class<?> controller, Method verb, String template) {
        var bindings = new Bindings(bodies);
        bindings.binder(controller, verb, template);
        assertGolden(golden, bindings.problems);
    }
}
