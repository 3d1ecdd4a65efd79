package dev.bistro.app.inherited;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestWebSocket;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of member at every place where it can be declared: it is called, with what its types stand for in the
 * concrete class, or the application doesn't start and says why. The sources are generated, since a hundred classes
 * that differ in a line would be read by nobody.
 */
class InheritedMembersTest {
    private static final String NOT_INHERITED = "overridden-annotation";
    private static final String ANSWERS_NOTHING = "overridden-handler";
    private static final String OPEN = "open-type";

    /** Where a member is declared, and what of it is in the concrete class. */
    enum Where {
        CLASS,
        SUPERCLASS,
        GENERIC_SUPERCLASS,
        TWO_ABOVE,
        DEFAULT_METHOD,
        GENERIC_DEFAULT_METHOD,
        /** The concrete class overrides it, with all annotations. */
        OVERRIDDEN,
        /** The one above has no annotations. */
        OVERRIDDEN_PLAIN,
        IMPLEMENTED,
        IMPLEMENTED_PLAIN,
        /** The concrete class overrides it, without the annotations of the member above. */
        OVERRIDDEN_WITHOUT,
        IMPLEMENTED_WITHOUT,
        /** The concrete class extends a raw type. */
        RAW,
        /** The concrete class is generic itself. */
        FREE;

        boolean isWithout() {
            return this == OVERRIDDEN_WITHOUT || this == IMPLEMENTED_WITHOUT;
        }

        boolean isOpen() {
            return this == RAW || this == FREE;
        }
    }

    @FunctionalInterface
    interface Probe {
        void look(TestClient client, Class<?> type);
    }

    /**
     * A kind of member.
     *
     * @param on the annotation on the concrete class
     * @param annotation the member's own; a space for none
     * @param head of the method, with T for what is generic
     * @param concrete what T is
     * @param bound of T
     * @param kept what the method of the concrete class has where it hasn't the annotations of the one above
     * @param without the fault of that; empty for none
     * @param open the fault of a T that isn't known; empty for none
     * @param more other members of the concrete class
     */
    record Member(
            String name,
            String on,
            String annotation,
            String head,
            String body,
            String concrete,
            String bound,
            String kept,
            String without,
            String open,
            String more,
            Probe probe) {
        static Member of(String name, String annotation, String head, String body, Probe probe) {
            return new Member(
                    name,
                    "@Route(\"/\")",
                    annotation,
                    head,
                    body,
                    "Order",
                    "Object",
                    "",
                    ANSWERS_NOTHING,
                    OPEN,
                    "",
                    probe);
        }

        Member on(String other, String others) {
            return new Member(name, other, annotation, head, body, concrete, bound, kept, without, open, others, probe);
        }

        Member ofType(String type, String upper) {
            return new Member(name, on, annotation, head, body, type, upper, kept, without, open, more, probe);
        }

        Member without(String fault, String left) {
            return new Member(name, on, annotation, head, body, concrete, bound, left, fault, open, more, probe);
        }

        Member open(String fault) {
            return new Member(name, on, annotation, head, body, concrete, bound, kept, without, fault, more, probe);
        }
    }

    private static Member body(String type, String json, String shown) {
        return Member.of(
                "@Body " + type,
                "@Post(\"/x\")",
                "String add(@Body " + type + " b)",
                "return Samples.show(b);",
                (client, app) -> {
                    assertEquals(shown, client.post("/x").json(json).send().text());
                    client.post("/x")
                            .json(json.replace("7", "\"seven\""))
                            .send()
                            .assertStatus(422);
                });
    }

    private static Member result(String type, String body, String json) {
        return Member.of(
                        "result " + type,
                        "@Get(\"/x\")",
                        type + " one()",
                        body,
                        (client, app) ->
                                assertEquals(json, client.get("/x").send().text()))
                .open("");
    }

    private static Member message(String type, String json, String shown) {
        return Member.of(
                        "@OnMessage " + type,
                        "@OnMessage",
                        "String message(" + type + " b)",
                        "return Samples.show(b);",
                        (client, app) -> {
                            try (TestWebSocket socket = client.webSocket("/w")) {
                                socket.send(json);
                                assertEquals(shown, socket.nextText());
                            }
                        })
                .on("@WebSocket(\"/w\")", "");
    }

    private static Member event(String annotation) {
        String more = annotation.equals("@OnMessage") ? "" : "@OnMessage public void other(String text) {}";
        return Member.of(
                        annotation,
                        annotation,
                        "String opened(WebSocketSession session)",
                        "return \"opened\";",
                        (client, app) -> {
                            try (TestWebSocket socket = client.webSocket("/w")) {
                                assertEquals("opened", socket.nextText());
                            }
                        })
                .on("@WebSocket(\"/w\")", more)
                .open("");
    }

    private static final String THROWING = "@Get(\"/x\") public String x() { throw new OrderException(); }"
            + " @Get(\"/y\") public String y() { throw new IllegalStateException(); }";

    private static final List<Member> MEMBERS = List.of(
            body("T", "{\"id\":7}", "Order"),
            body("List<T>", "[{\"id\":7}]", "[Order]"),
            body("Set<T>", "[{\"id\":7}]", "[Order]"),
            body("T[]", "[{\"id\":7}]", "[Order]"),
            body("Map<String, T>", "{\"a\":{\"id\":7}}", "{a=Order}"),
            body("List<List<T>>", "[[{\"id\":7}]]", "[[Order]]"),
            body("Optional<T>", "{\"id\":7}", "[Order]"),
            Member.of(
                    "a body without annotation",
                    "@Post(\"/x\")",
                    "String add(T b)",
                    "return Samples.show(b);",
                    (client, app) -> assertEquals(
                            "Order",
                            client.post("/x").json(new Samples.Order(7)).send().text())),
            Member.of(
                            "@QueryParam T",
                            "@Get(\"/x\")",
                            "String find(@QueryParam(\"on\") T v)",
                            "return Samples.show(v);",
                            (client, app) -> assertEquals(
                                    "LocalDate",
                                    client.get("/x?on=2026-11-26").send().text()))
                    .ofType("java.time.LocalDate", "Object"),
            Member.of(
                            "@QueryParam List<T>",
                            "@Get(\"/x\")",
                            "String find(@QueryParam(\"on\") List<T> v)",
                            "return Samples.show(v);",
                            (client, app) -> assertEquals(
                                    "[LocalDate]",
                                    client.get("/x?on=2026-11-26").send().text()))
                    .ofType("java.time.LocalDate", "Object"),
            Member.of(
                            "@BeanParam T",
                            "@Get(\"/x\")",
                            "String find(@BeanParam T v)",
                            "return Samples.show(v);",
                            (client, app) -> assertEquals(
                                    "Page", client.get("/x?limit=3").send().text()))
                    .ofType("Page", "Object"),
            Member.of(
                            "a parameter's annotation",
                            "@Get(\"/x\")",
                            "String find(@HeaderParam(\"X-On\") T v)",
                            "return Samples.show(v);",
                            (client, app) -> assertEquals(
                                    "LocalDate",
                                    client.get("/x")
                                            .header("X-On", "2026-11-26")
                                            .send()
                                            .text()))
                    .ofType("java.time.LocalDate", "Object")
                    .without(NOT_INHERITED, "@Get(\"/x\")"),
            Member.of(
                            "@Status",
                            "@Post(\"/x\") @Status(201)",
                            "String add(T b)",
                            "return \"\";",
                            (client, app) -> client.post("/x")
                                    .json(new Samples.Order(7))
                                    .send()
                                    .assertStatus(201))
                    .without(NOT_INHERITED, "@Post(\"/x\")"),
            Member.of(
                            "an annotation that a filter is bound to",
                            "@Post(\"/x\") @Guarded",
                            "String add(T b)",
                            "return \"\";",
                            (client, app) -> client.post("/x")
                                    .json(new Samples.Order(7))
                                    .send()
                                    .assertStatus(403))
                    .without("", "@Post(\"/x\")"),
            result("T", "return Samples.order();", "{\"id\":7}"),
            result("List<T>", "return List.of(Samples.<T>order());", "[{\"id\":7}]"),
            result("Optional<T>", "return Optional.of(Samples.<T>order());", "{\"id\":7}"),
            result("Response<T>", "return Response.ok(Samples.<T>order());", "{\"id\":7}"),
            result(
                    "java.util.concurrent.CompletionStage<T>",
                    "return java.util.concurrent.CompletableFuture.completedFuture(Samples.<T>order());",
                    "{\"id\":7}"),
            message("T", "{\"id\":7}", "Order"),
            message("List<T>", "[{\"id\":7}]", "[Order]"),
            message("Map<String, T>", "{\"a\":{\"id\":7}}", "{a=Order}"),
            event("@OnOpen"),
            Member.of(
                            "@ExceptionHandler",
                            "@ExceptionHandler @Status(409)",
                            "String failed(T fault)",
                            "return \"\";",
                            (client, app) -> {
                                client.get("/x").send().assertStatus(409);
                                client.get("/y").send().assertStatus(500);
                            })
                    .ofType("OrderException", "RuntimeException")
                    .on("@Route(\"/\")", THROWING),
            Member.of(
                            "@Bean",
                            "@Bean",
                            "Store<T> store()",
                            "return new Store<>();",
                            (client, app) -> client.get("/uses").send().assertStatus(200))
                    .without(NOT_INHERITED, "")
                    .on("@Factory", ""),
            Member.of(
                            "the method of a filter",
                            " ",
                            "Response<?> filter(Request request, Chain chain)",
                            "return chain.proceed(response -> response.withHeader(\"X-Passed\", \"yes\"));",
                            (client, app) -> client.get("/uses").send().assertHeader("X-Passed", "yes"))
                    .without("", " ")
                    .open("")
                    .on("@Filter", ""),
            Member.of(
                            "@OnStart",
                            "@OnStart",
                            "void started()",
                            "Samples.STARTED.add(getClass());",
                            (client, app) -> assertTrue(Samples.STARTED.contains(app)))
                    .without(NOT_INHERITED, "")
                    .open("")
                    .on("@jakarta.inject.Singleton", ""));

    /** A member at a place, and the fault that it has there; empty if it is called. */
    record Case(int number, Member member, Where where) {
        String fault() {
            return where.isWithout() ? member.without : where.isOpen() ? member.open : "";
        }

        String source() {
            String generic = signed(member.annotation, member.head);
            String concrete = concrete(generic);
            String bare = concrete(signed(member.kept, member.head.replaceAll("@\\w+(\\(\"[^\"]*\"\\))? ", "")));
            String plain = signed("", member.head.replaceAll("@\\w+(\\(\"[^\"]*\"\\))? ", ""));
            String above = "abstract class Base<T extends " + member.bound + "> { ";
            String port = "interface Base<T extends " + member.bound + "> { ";
            String of = "<" + member.concrete + ">";
            return HEAD.formatted(number)
                    + switch (where) {
                        case CLASS -> app("", concrete + block());
                        case SUPERCLASS ->
                            "abstract class Base { " + concrete + block() + " } " + app("extends Base", "");
                        case GENERIC_SUPERCLASS -> above + generic + block() + " } " + app("extends Base" + of, "");
                        case TWO_ABOVE ->
                            "abstract class Top<K extends " + member.bound + "> { "
                                    + (generic + block()).replaceAll("\\bT\\b", "K")
                                    + " } abstract class Base<A, T extends "
                                    + member.bound + "> extends Top<T> {} "
                                    + app("extends Base<String, " + member.concrete + ">", "");
                        case DEFAULT_METHOD ->
                            "interface Base { " + concrete.replace("public ", "default ") + block() + " } "
                                    + app("implements Base", "");
                        case GENERIC_DEFAULT_METHOD ->
                            port + generic.replace("public ", "default ") + block() + " } "
                                    + app("implements Base" + of, "");
                        case OVERRIDDEN ->
                            above + generic + failing() + " } " + app("extends Base" + of, concrete + block());
                        case OVERRIDDEN_PLAIN ->
                            above + plain + failing() + " } " + app("extends Base" + of, concrete + block());
                        case IMPLEMENTED -> port + generic + "; } " + app("implements Base" + of, concrete + block());
                        case IMPLEMENTED_PLAIN ->
                            port + plain + "; } " + app("implements Base" + of, concrete + block());
                        case OVERRIDDEN_WITHOUT ->
                            above + generic + failing() + " } " + app("extends Base" + of, bare + block());
                        case IMPLEMENTED_WITHOUT ->
                            port + generic + "; } " + app("implements Base" + of, bare + block());
                        case RAW -> above + generic + block() + " } " + app("extends Base", "");
                        case FREE ->
                            above + generic + block() + " } "
                                    + app("extends Base<T>", "")
                                            .replace("class App", "class App<T extends " + member.bound + ">");
                    };
        }

        private static String signed(String annotation, String head) {
            return annotation + " public " + head;
        }

        private String concrete(String text) {
            return text.replaceAll("\\bT\\b", member.concrete);
        }

        private String block() {
            String body = where == Where.GENERIC_SUPERCLASS
                            || where == Where.GENERIC_DEFAULT_METHOD
                            || where == Where.TWO_ABOVE
                            || where.isOpen()
                    ? member.body
                    : concrete(member.body);
            return " { " + body + " }";
        }

        private static String failing() {
            return " { throw new AssertionError(\"overridden\"); }";
        }

        private String app(String above, String members) {
            return member.on + " public class App " + above + " { " + members + member.more + " }";
        }

        private static final String HEAD = """
                package generated.c%d;
                import dev.bistro.annotation.*;
                import dev.bistro.app.inherited.Samples;
                import dev.bistro.app.inherited.Samples.*;
                import dev.bistro.http.Chain;
                import dev.bistro.http.Request;
                import dev.bistro.http.Response;
                import dev.bistro.websocket.WebSocketSession;
                import java.util.*;
                """;

        @Override
        public String toString() {
            return member.name + ", " + where + (fault().isEmpty() ? "" : ": " + fault());
        }
    }

    static List<Case> cases() {
        var all = new ArrayList<Case>();
        for (Member member : MEMBERS) {
            for (Where where : Where.values()) {
                all.add(new Case(all.size(), member, where));
            }
        }
        return all;
    }

    private static URLClassLoader loader;

    @BeforeAll
    static void compile(@TempDir Path directory) throws IOException {
        var arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-parameters", "-d", directory.toString()));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        for (Case each : cases()) {
            Path file = directory.resolve("sources/c" + each.number + "/App.java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, each.source()).toString());
            if (each.member.on.equals("@Factory")
                    || each.member.on.equals("@Filter")
                    || each.member.on.contains("Singleton")) {
                Path uses = file.resolveSibling("Uses.java");
                String asked = each.member.on.equals("@Factory") ? "Store<Order> store" : "";
                arguments.add(Files.writeString(
                                uses,
                                Case.HEAD.formatted(each.number)
                                        + "@Route(\"/uses\") public class Uses { @jakarta.inject.Inject Uses(" + asked
                                        + ") {} @Get public String get() { return \"\"; } }")
                        .toString());
            }
        }
        var said = new java.io.ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertEquals(0, code, said.toString(StandardCharsets.UTF_8));
        loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, InheritedMembersTest.class.getClassLoader());
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isCalledOrIsAStartupFault(Case each) throws Exception {
        Class<?> app = loader.loadClass("generated.c" + each.number + ".App");
        Class<?>[] classes = Stream.concat(Stream.of(app), besides(each)).toArray(Class<?>[]::new);
        if (each.fault().isEmpty()) {
            try (TestClient client = TestClient.start(Bistro.app(app).classes(classes))) {
                each.member.probe.look(client, app);
            }
            return;
        }
        StartupException fault = assertThrows(
                StartupException.class,
                () -> TestClient.start(Bistro.app(app).classes(classes)).close());
        List<String> ids = fault.problems().stream().map(Problem::id).toList();
        assertTrue(ids.contains(each.fault()), fault::getMessage);
    }

    private static Stream<Class<?>> besides(Case each) throws ClassNotFoundException {
        if (each.member.annotation.contains("@Guarded")) {
            return Stream.of(Samples.Guard.class);
        }
        boolean hasUser = !each.member.on.startsWith("@Route") && !each.member.on.startsWith("@WebSocket");
        return hasUser ? Stream.of(loader.loadClass("generated.c" + each.number + ".Uses")) : Stream.empty();
    }
}
