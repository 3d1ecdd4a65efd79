package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Head;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Options;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.Chain;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.testing.TestClient;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What filters learn of the route of each kind of request. */
@Timeout(60)
class MatchedRouteTest {
    @Retention(RetentionPolicy.RUNTIME)
    @interface RequiresRole {
        String value();
    }

    @RequiresRole("admin")
    @Retention(RetentionPolicy.RUNTIME)
    @interface AdminsOnly {}

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    static final class Application {}

    interface Removal<T> {
        @RequiresRole("admin")
        String remove(T key);
    }

    @Route("/things")
    static final class Things implements Removal<String> {
        @Get("/{id:int}")
        String find(int id) {
            return "found";
        }

        @Get("/many")
        @Put("/all")
        @AdminsOnly
        String many() {
            return "many";
        }

        @Override
        @Post("/remove")
        public String remove(String key) {
            return "removed";
        }

        @Get("/later")
        CompletionStage<String> later() {
            return CompletableFuture.completedFuture("later");
        }

        @Head("/own")
        void ownHead() {}

        @Get("/own")
        String own() {
            return "own";
        }

        @Options("/own")
        void options() {}

        @Post("/typed")
        @Consumes("text/plain")
        @RequiresRole("writer")
        String text(Request request) {
            return "read";
        }

        @Post("/typed")
        @Consumes("text/csv")
        @RequiresRole("editor")
        String csv(Request request) {
            return "read";
        }

        @Get("/shown")
        @Produces("text/html")
        String page() {
            return "<p>";
        }

        @Get("/shown")
        @Produces("text/plain")
        @RequiresRole("reader")
        String shown() {
            return "plain";
        }

        @Get("/fails")
        String fail() {
            throw new IllegalStateException("expected");
        }
    }

    @WebSocket("/socket/{room}")
    @AdminsOnly
    static final class Socket {
        @OnMessage
        void message(String text) {}
    }

    /** Tells each answer what it learned before, and after, the request went on. */
    @Filter
    static final class Teller {
        Response<?> filter(Request request, Chain chain) {
            String before = describe(request);
            return chain.proceed(
                    response -> response.withHeader("Before", before).withHeader("After", describe(request)));
        }
    }

    private static String describe(Request request) {
        return request.route().map(MatchedRouteTest::describe).orElse("none");
    }

    private static String describe(MatchedRoute route) {
        return route.method() + " " + route.template() + " "
                + route.controller().map(Class::getSimpleName).orElse("-") + " "
                + route.handler().map(java.lang.reflect.Method::getName).orElse("-") + " "
                + route.annotations(RequiresRole.class).stream()
                        .map(RequiresRole::value)
                        .toList();
    }

    @Filter
    static final class Roles {
        Response<?> filter(Request request, Chain chain) {
            request.route()
                    .flatMap(route -> route.annotation(RequiresRole.class))
                    .ifPresent(required -> {
                        if (request.header("Role")
                                .filter(required.value()::equals)
                                .isEmpty()) {
                            throw new ForbiddenException("This is for the role " + required.value());
                        }
                    });
            return chain.proceed();
        }
    }

    /** Counts requests of routes that have the annotation on an annotation only. */
    @Filter(annotatedWith = RequiresRole.class)
    static final class Marked {
        Response<?> filter(Request request, Chain chain) {
            String value = request.route()
                    .flatMap(route -> route.annotation(RequiresRole.class))
                    .orElseThrow()
                    .value();
            return chain.proceed(response -> response.withHeader("Marked", value));
        }
    }

    private static TestClient client;
    private static TestClient guarded;

    @BeforeAll
    static void start() {
        client = TestClient.start(Bistro.app(Application.class)
                .classes(Things.class, Socket.class, Teller.class, Marked.class)
                .set("bistro.merge-slashes", "true"));
        guarded = TestClient.start(Bistro.app(MatchedRouteTest.class).classes(Things.class, Socket.class, Roles.class));
    }

    @AfterAll
    static void stop() {
        client.close();
        guarded.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET     | /things/7      |                     | 200 | GET /things/{id:int} Things find []
            GET     | /things/%37    |                     | 200 | GET /things/{id:int} Things find []
            HEAD    | /things/7      |                     | 200 | GET /things/{id:int} Things find []
            HEAD    | /things/own    |                     | 204 | HEAD /things/own Things ownHead []
            GET     | /things/own    |                     | 200 | GET /things/own Things own []
            OPTIONS | /things/own    |                     | 204 | OPTIONS /things/own Things options []
            GET     | /things/many   |                     | 200 | GET /things/many Things many [admin]
            PUT     | /things/all    |                     | 200 | PUT /things/all Things many [admin]
            POST    | /things/remove?key=a |                     | 200 | POST /things/remove Things remove [admin]
            GET     | /things/later  |                     | 200 | GET /things/later Things later []
            GET     | /things/fails  |                     | 500 | GET /things/fails Things fail []
            GET     | /things/shown  | Accept: text/html   | 200 | GET /things/shown Things page []
            GET     | /things/shown  | Accept: text/plain  | 200 | GET /things/shown Things shown [reader]
            GET     | /things/shown  | Accept: image/png   | 406 | GET /things/shown Things - []
            POST    | /things/typed  | Content-Type: text/plain | 200 | POST /things/typed Things text [writer]
            POST    | /things/typed  | Content-Type: text/csv   | 200 | POST /things/typed Things csv [editor]
            POST    | /things/typed  | Content-Type: image/png  | 415 | POST /things/typed Things - [editor, writer]
            GET     | /socket/a      |                     | 426 | GET /socket/{room} Socket - [admin]
            GET     | /files/a.txt   |                     | 404 | GET /files/{path*} - - []
            GET     | /files         |                     | 301 | GET /files - - []
            GET     | /nowhere       |                     | 404 | none
            GET     | /things/x      |                     | 404 | none
            GET     | /%ff           |                     | 400 | none
            DELETE  | /things/7      |                     | 405 | none
            OPTIONS | /things/7      |                     | 204 | none
            OPTIONS | /things/7      | Access-Control-Request-Method: GET | 204 | none
            OPTIONS | *              |                     | 204 | none
            GET     | //things/7     |                     | 308 | none
            """)
    void isKnownBeforeTheFirstFilter(String method, String target, String header, int status, String route) {
        var request = client.request(Method.of(method), target);
        if (header != null) {
            request.header(header.split(": ")[0], header.split(": ")[1]);
        }
        var response = request.send();
        assertEquals(route, response.header("Before").orElse("no filter"), response.toString());
        assertEquals(route, response.header("After").orElse("no filter"));
        assertEquals(status, response.status().code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            GET     | /things/7      | -
            GET     | /things/many   | admin
            POST    | /things/remove?key=a | admin
            GET     | /socket/a      | admin
            """)
    void aFilterOfAnAnnotationSeesItOnAnnotationsAndAboveToo(String method, String target, String marked) {
        assertEquals(
                marked,
                client.request(Method.of(method), target)
                        .send()
                        .header("Marked")
                        .orElse(null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            GET  | /things/7      | -      | 200
            GET  | /things/many   | -      | 403
            HEAD | /things/many   | -      | 403
            GET  | /things/many   | reader | 403
            GET  | /things/many   | admin  | 200
            PUT  | /things/all    | -      | 403
            POST | /things/remove?key=a | -      | 403
            POST | /things/remove?key=a | admin  | 200
            GET  | /socket/a      | -      | 403
            GET  | /socket/a      | admin  | 426
            POST | /things/typed  | -      | 403
            POST | /things/typed  | editor | 415
            GET  | /nowhere       | -      | 404
            """)
    void anAnnotationOfTheUsersGuardsItsRoutes(String method, String target, String role, int status) {
        var request = guarded.request(Method.of(method), target);
        if (role != null) {
            request.header("Role", role);
        }
        assertEquals(status, request.send().status().code());
    }

    @Test
    void aHandshakeIsGuardedToo() {
        var refused = assertThrows(AssertionError.class, () -> guarded.webSocket("/socket/a"));
        assertTrue(refused.getMessage().contains("403"), refused.getMessage());
        guarded.withHeader("Role", "admin").webSocket("/socket/a").close();
    }
}
