package dev.bistro.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.CookieParam;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.QueryParam;
import dev.bistro.binding.Bindings.ReadBody;
import dev.bistro.body.BodyReaders;
import dev.bistro.body.FileUpload;
import dev.bistro.body.Form;
import dev.bistro.http.Certificates;
import dev.bistro.http.Cookies;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.testing.MockRequest;
import dev.bistro.types.ResolvedMethod;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceTest {
    record NewProduct(String name, int price) {}

    record NewTask(String title) {}

    @Test
    void takesANameOfTheTemplateFromThePathAndOthersFromTheQuery() {
        class Local {
            void find(long id, @DefaultValue("20") int limit, Optional<String> sort, List<Integer> sizes) {}
        }
        assertEquals(
                List.of(42L, 20, Optional.of("up"), List.of(1, 2)),
                bind(
                        Local.class,
                        "/items/{id}",
                        MockRequest.get("/items/42?sort=up&sizes=1&sizes=2&id=43")
                                .pathParam("id", "42")));
    }

    @Test
    void decodesWhatItTakes() {
        class Local {
            void find(String name, String q) {}
        }
        assertEquals(
                List.of("a b+c", "a b c"),
                bind(Local.class, "/{name}", MockRequest.get("/?q=a+b%20c").pathParam("name", "a b+c")));
    }

    @Test
    void takesParametersByTheirAnnotationsNames() {
        class Local {
            void find(
                    @PathParam("id") long a,
                    @QueryParam("limit") int b,
                    @HeaderParam("X-Count") int c,
                    @CookieParam("theme") String d) {}
        }
        assertEquals(
                List.of(1L, 2, 3, "dark"),
                bind(
                        Local.class,
                        "/{id}",
                        MockRequest.get("/1?limit=2")
                                .pathParam("id", "1")
                                .header("x-count", "3")
                                .header("Cookie", "theme=dark")));
    }

    @Test
    void takesParametersByTheirOwnNames() {
        class Local {
            void find(
                    @PathParam long id,
                    @QueryParam int limit,
                    @HeaderParam String userAgent,
                    @CookieParam String theme) {}
        }
        assertEquals(
                List.of(1L, 2, "curl", "dark"),
                bind(
                        Local.class,
                        "/{id}",
                        MockRequest.get("/1?limit=2")
                                .pathParam("id", "1")
                                .header("User-Agent", "curl")
                                .header("Cookie", "theme=dark")));
    }

    @ParameterizedTest
    @CsvSource({
        "userAgent,User-Agent",
        "accept,Accept",
        "xRequestId,X-Request-Id",
        "contentMD5,Content-MD5",
        "DNTHeader,DNT-Header",
        "secChUa,Sec-Ch-Ua"
    })
    void readsCamelCaseAsHeaderName(String camelCase, String header) {
        assertEquals(header, ParameterSource.HEADER.derivedName(camelCase));
    }

    @Test
    void givesTheRequestAndItsPartsByType() {
        class Local {
            void find(Request request, Headers headers, Cookies cookies) {}
        }
        MockRequest request = MockRequest.get("/{id}").header("Cookie", "a=b").build();
        var bindings = new Bindings();
        Object[] arguments = bindings.binder(Local.class, Method.GET, "/{id}").bind(request);
        assertTrue(bindings.problems.isEmpty());
        assertSame(request, arguments[0]);
        assertSame(request.headers(), arguments[1]);
        assertEquals(Optional.of("b"), ((Cookies) arguments[2]).first("a"));
    }

    @Test
    void readsARecordFromTheBodyOfAMethodThatHasOne() {
        class Local {
            void put(long id, NewProduct product, boolean dryRun) {}
        }
        assertEquals(
                List.of(1L, new ReadBody(NewProduct.class, "{}"), true),
                bind(
                        Local.class,
                        "/{id}",
                        MockRequest.of(Method.PUT, "/1?dryRun=true")
                                .pathParam("id", "1")
                                .text("application/json", "{}")));
    }

    @Test
    void readsARecordOfOneStringFromTheBodyToo() {
        class Local {
            void add(NewTask task) {}
        }
        assertEquals(
                List.of(new ReadBody(NewTask.class, "{}")),
                bind(Local.class, "/", MockRequest.post("/").text("application/json", "{}")));
    }

    @Test
    void readsARecordOfOneStringFromTheQueryWhereThereIsNoBody() {
        class Local {
            void find(NewTask task) {}
        }
        assertEquals(List.of(new NewTask("a")), bind(Local.class, "/", MockRequest.get("/?task=a")));
    }

    @Test
    void readsCollectionsAndMapsOfWhatNothingConvertsToFromTheBody() {
        class Products {
            void add(List<NewProduct> products) {}
        }
        class Numbers {
            void add(Map<String, Integer> numbers) {}
        }
        class Bytes {
            void add(byte[] bytes) {}
        }
        for (Class<?> local : List.of(Products.class, Numbers.class, Bytes.class)) {
            var type = local.getDeclaredMethods()[0].getGenericParameterTypes()[0];
            assertEquals(
                    List.of(new ReadBody(type, "x")),
                    bind(local, "/", MockRequest.post("/").text("text/plain", "x")));
        }
    }

    @Test
    void aSimpleTypeIsReadFromTheBodyOnlyWhereThatIsWritten() {
        class Local {
            void add(@Body String text, String name) {}
        }
        assertEquals(
                List.of(new ReadBody(String.class, "x"), "n"),
                bind(Local.class, "/", MockRequest.post("/?name=n").text("text/plain", "x")));
    }

    @Test
    void readsABodyOfDeleteWhereThatIsWritten() {
        class Local {
            void remove(@Body NewProduct product) {}
        }
        assertEquals(
                List.of(new ReadBody(NewProduct.class, "{}")),
                bind(Local.class, "/", MockRequest.of(Method.DELETE, "/").text("application/json", "{}")));
    }

    @ParameterizedTest
    @CsvSource({
        "POST,INFERRED",
        "PUT,INFERRED",
        "PATCH,INFERRED",
        "QUERY,INFERRED",
        "PROPFIND,INFERRED",
        "DELETE,WRITTEN",
        "GET,NEVER",
        "HEAD,NEVER",
        "OPTIONS,NEVER",
        "TRACE,NEVER",
        "CONNECT,NEVER"
    })
    void knowsWhichMethodsHaveABody(String verb, BodyPolicy policy) {
        assertEquals(policy, BodyPolicy.of(Method.of(verb)));
    }

    @Test
    void saysWhetherTheBodyHasToBeThere() {
        class WithBody {
            void add(NewProduct product) {}
        }
        class WithRequest {
            void add(Request request) {}
        }
        class Without {
            void add(int number, Headers headers) {}
        }
        assertTrue(new Bindings().binder(WithBody.class, Method.POST, "/").takesBody());
        assertTrue(new Bindings().binder(WithRequest.class, Method.GET, "/").takesBody());
        assertFalse(new Bindings().binder(Without.class, Method.POST, "/").takesBody());
    }

    @Consumes("text/csv")
    static class OfClass {
        void add(NewProduct product) {}
    }

    @Consumes("text/csv")
    static class OfMethod {
        @Consumes({"application/json", "text/*"})
        void add(NewProduct product) {}
    }

    @Test
    void asksForAReaderOfTheMediaTypesThatTheMethodOrElseItsClassConsumes() {
        var asked = new ArrayList<List<MediaType>>();
        BodyReaders bodies = (type, consumes) -> {
            asked.add(consumes);
            return Optional.of(request -> "");
        };
        new Bindings(bodies).binder(OfClass.class, Method.POST, "/");
        assertEquals(List.of(MediaType.of("text", "csv")), asked.get(asked.size() - 1));
        new Bindings(bodies).binder(OfMethod.class, Method.POST, "/");
        assertEquals(List.of(MediaType.JSON, MediaType.of("text", "*")), asked.get(asked.size() - 1));
    }

    private static List<Object> bind(Class<?> controller, String template, MockRequest.Builder request) {
        return new Bindings().bind(controller, template, request);
    }

    @Test
    void wholeQueryStrings() {
        class ItemController {
            void find(Map<String, List<String>> all, @QueryParam Map<String, String> firsts) {}
        }
        List<Object> arguments = Bindings.bind(ItemController.class, MockRequest.get("/?b=1&a=x+y&b=2&c"));
        assertEquals("[{b=[1, 2], a=[x y], c=[]}, {b=1, a=x y, c=}]", arguments.toString());
        assertEquals(
                "[{}, {}]",
                Bindings.bind(ItemController.class, MockRequest.get("/")).toString());
    }

    @Test
    void principals() {
        class ItemController {
            void find(Principal who, Optional<Principal> maybe) {}
        }
        class AnybodyController {
            void find(Optional<Principal> maybe) {}
        }
        Principal ada = () -> "ada";
        MockRequest request = MockRequest.get("/").build();
        request.setPrincipal(ada);
        Object[] arguments = new Bindings()
                .binder(ItemController.class, request.method(), "/")
                .bind(request);
        assertEquals(ada, arguments[0]);
        assertEquals(Optional.of(ada), arguments[1]);
        MockRequest anonymous = MockRequest.get("/").build();
        assertEquals(List.of(Optional.empty()), Bindings.bind(AnybodyController.class, MockRequest.get("/")));
        MethodBinder binder = new Bindings().binder(ItemController.class, anonymous.method(), "/");
        var fault = assertThrows(HttpException.class, () -> binder.bind(anonymous));
        assertEquals(401, fault.status().code());
    }

    @Test
    void certificatesOfClients() {
        class LedgerController {
            void book(X509Certificate shown, Optional<X509Certificate> maybe, Principal who) {}
        }
        class AnybodyController {
            void book(Optional<X509Certificate> maybe, Optional<Principal> who) {}
        }
        X509Certificate ada = Certificates.ada();
        Principal subject = ada.getSubjectX500Principal();
        var builder = MockRequest.get("/").tls(Certificates.shown(ada, ada));
        assertEquals(List.of(ada, Optional.of(ada), subject), Bindings.bind(LedgerController.class, builder));
        assertEquals(List.of(Optional.of(ada), Optional.of(subject)), Bindings.bind(AnybodyController.class, builder));
        Principal grace = () -> "grace";
        assertEquals(
                List.of(Optional.of(ada), Optional.of(grace)),
                Bindings.bind(AnybodyController.class, builder.principal(grace)));
        for (var without : List.of(MockRequest.get("/"), MockRequest.get("/").tls(Certificates.shown()))) {
            assertEquals(List.of(Optional.empty(), Optional.empty()), Bindings.bind(AnybodyController.class, without));
            MethodBinder binder = new Bindings().binder(LedgerController.class, Method.GET, "/");
            var fault = assertThrows(HttpException.class, () -> binder.bind(without.build()));
            assertEquals(403, fault.status().code());
            assertEquals("This is only for clients that show a certificate.", fault.detail());
        }
    }

    /** Bound by its type where a type variable, a record or an annotation stands around it. */
    @Test
    void certificatesInRecordsAndForTypeVariables() {
        record Shown(X509Certificate certificate, Optional<X509Certificate> maybe) {}
        class RecordController {
            void book(@BeanParam Shown shown) {}
        }
        class Generic<T> {
            void book(T shown, Optional<T> maybe) {}
        }
        class OfCertificates extends Generic<X509Certificate> {}
        X509Certificate ada = Certificates.ada();
        var builder = MockRequest.get("/").tls(Certificates.shown(ada));
        assertEquals(List.of(new Shown(ada, Optional.of(ada))), Bindings.bind(RecordController.class, builder));
        var method = ResolvedMethod.allOf(OfCertificates.class).get(0);
        var bindings = new Bindings();
        Object[] bound =
                bindings.factory().create(method, Method.GET, "/", List.of()).bind(builder.build());
        assertEquals(List.of(ada, Optional.of(ada)), List.of(bound));
        assertEquals(List.of(), bindings.problems.found());
    }

    @Test
    void aRequestWithACertificateOfAnotherKindIsUnknown() {
        class ListController {
            void book(List<X509Certificate> chain) {}
        }
        var bindings = new Bindings(Bindings.READS_NOTHING);
        bindings.binder(ListController.class, Method.GET, "/");
        assertEquals("unknown-source", bindings.problems.found().get(0).id());
    }

    @Test
    void formsByTheirTypesAndNothingElse() {
        class ItemController {
            void add(FileUpload file, String name, Form form) {}
        }
        var bindings = new Bindings();
        MethodBinder binder = bindings.binder(ItemController.class, Method.POST, "/");
        assertEquals(List.of(), bindings.problems.found());
        assertTrue(binder.takesForm());
        assertTrue(binder.streamsBody());
        assertEquals(List.of(MediaType.MULTIPART_FORM), binder.bodyTypes());
    }

    @Test
    void textsOfFormsNeedNoThreadOfTheirOwn() {
        class ItemController {
            void add(@FormParam String name, @FormParam Optional<Integer> count) {}
        }
        MethodBinder binder = new Bindings().binder(ItemController.class, Method.POST, "/");
        assertTrue(binder.takesBody());
        assertFalse(binder.streamsBody());
    }
}
