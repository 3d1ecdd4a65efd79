package dev.bistro.exception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.controller.Controllers;
import dev.bistro.controller.Dispatcher;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.ConflictException;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Method;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Payload;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.testing.MockRequest;
import dev.bistro.testing.ServerRequests;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which method answers for which exception. */
class ExceptionHandlersTest {
    record Told(String by, String what) {}

    @dev.bistro.annotation.Status(409)
    record Taken(String name) {}

    @Route("/own")
    static class WithHandlers extends Throwing {
        @ExceptionHandler
        @dev.bistro.annotation.Status(418)
        Told io(IOException fault, Request request) {
            return new Told("own " + request.path(), fault.getMessage());
        }

        @ExceptionHandler
        Taken taken(IllegalStateException fault) {
            return new Taken(fault.getMessage());
        }

        @ExceptionHandler({ArithmeticException.class, ArrayStoreException.class})
        Response<String> several() {
            return Response.ok("several").withStatus(Status.GONE);
        }

        @ExceptionHandler
        ProblemDetail problem(UnsupportedOperationException fault) {
            return ProblemDetail.of(new ConflictException("a problem"));
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(500)
        void failing(ClassCastException fault) {
            throw new IllegalStateException("secret of the handler");
        }

        @ExceptionHandler
        CompletionStage<Taken> failingLater(NegativeArraySizeException fault) {
            return CompletableFuture.failedFuture(new IllegalStateException("secret of the handler"));
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(500)
        void translating(NumberFormatException fault) {
            throw new NotFoundException("translated");
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(422)
        String bad(BadRequestException fault) {
            return fault.errors().get(0).name();
        }
    }

    abstract static class Throwing {
        @Get("/{what}")
        String fail(String what) throws Exception {
            switch (what) {
                case "io" -> throw new IOException("io");
                case "file" -> throw new FileNotFoundException("file");
                case "state" -> throw new IllegalStateException("state");
                case "arithmetic" -> throw new ArithmeticException("secret");
                case "store" -> throw new ArrayStoreException("secret");
                case "unsupported" -> throw new UnsupportedOperationException("secret");
                case "cast" -> throw new ClassCastException("secret");
                case "negative" -> throw new NegativeArraySizeException("secret");
                case "number" -> throw new NumberFormatException("secret");
                case "conflict" -> throw new ConflictException("conflict");
                case "error" -> throw new AssertionError("secret");
                default -> throw new InterruptedException("secret");
            }
        }

        @Get("/later/{what}")
        CompletionStage<String> later(String what) {
            return CompletableFuture.supplyAsync(() -> {
                throw new IllegalStateException("later");
            });
        }

        @Get("/bind")
        String bind(int limit) {
            return "";
        }
    }

    @Route("/other")
    static class WithoutHandlers extends Throwing {}

    static class ForAll {
        @ExceptionHandler
        @dev.bistro.annotation.Status(410)
        Told file(FileNotFoundException fault) {
            return new Told("all", fault.getMessage());
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(411)
        Told io(IOException fault) {
            return new Told("all", fault.getMessage());
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(404)
        String notFound(NotFoundException fault, Request request) {
            return "nothing at " + request.path();
        }
    }

    private static Response<Payload> get(String target) {
        return get(target, false);
    }

    private static Response<Payload> get(String target, boolean development, String... headers) {
        var problems = new Problems();
        Map<Class<?>, Object> objects = Map.of(
                WithHandlers.class, new WithHandlers(),
                WithoutHandlers.class, new WithoutHandlers(),
                ForAll.class, new ForAll());
        Dispatcher dispatcher = new DispatcherFactory(StandardCodecs.create(), development, problems)
                .addExceptionHandlers(ForAll.class)
                .create(List.of(WithHandlers.class, WithoutHandlers.class), objects::get);
        problems.throwIfAny();
        var builder = MockRequest.of(Method.GET, target);
        for (String header : headers) {
            builder.header("Accept", header);
        }
        ServerRequest request = ServerRequests.of(builder);
        Response<Payload> response = dispatcher.find(request).answer(request);
        while (response.body().orElse(Payload.NONE) instanceof PendingPayload pending) {
            response = pending.response().toCompletableFuture().join();
        }
        return response;
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/own/io => 418 application/json {\"by\":\"own /own/io\",\"what\":\"io\"}",
                "/own/file => 410 application/json {\"by\":\"all\",\"what\":\"file\"}",
                "/own/state => 409 application/json {\"name\":\"state\"}",
                "/own/later/x => 409 application/json {\"name\":\"later\"}",
                "/own/arithmetic => 410 text/plain;charset=utf-8 several",
                "/own/store => 410 text/plain;charset=utf-8 several",
                "/own/bind => 422 text/plain;charset=utf-8 limit",
                "/other/io => 411 application/json {\"by\":\"all\",\"what\":\"io\"}",
                "/nowhere => 404 text/plain;charset=utf-8 nothing at /nowhere",
            })
    void asksTheNearest(String target, String expected) {
        assertEquals(expected, Controllers.text(get(target)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/own/conflict => 409 conflict",
                "/own/unsupported => 409 a problem",
                "/own/number => 404 translated",
                "/own/cast => 500 The server failed to answer this request",
                "/own/negative => 500 The server failed to answer this request",
                "/own/interrupted => 500 The server failed to answer this request",
                "/own/error => 500 The server failed to answer this request",
                "/other/state => 500 The server failed to answer this request",
                "/other/later/x => 500 The server failed to answer this request",
                "/other/bind => 400 limit",
            })
    void answersAllElseWithProblems(String target, String expected) {
        String[] wanted = expected.split(" ", 2);
        String answer = Controllers.text(get(target));
        assertTrue(answer.startsWith(wanted[0] + " application/problem+json {"), answer);
        assertTrue(answer.contains(wanted[1]), answer);
        assertTrue(answer.contains("\"instance\":\"" + target + "\",\"requestId\":\"mock-"), answer);
        assertFalse(answer.contains("secret") || answer.contains("development"), answer);
    }

    @Test
    void tellsTheDeveloperTheCause() {
        String json = Controllers.body(get("/own/cast", true));
        assertTrue(
                json.contains("\"development\":[\"java.lang.IllegalStateException: secret of the handler\"")
                        && json.contains("Suppressed: java.lang.ClassCastException: secret"),
                json);
        String page = Controllers.body(get("/other/state", true, "text/html"));
        assertTrue(page.contains("<pre>java.lang.IllegalStateException: state\n    at dev.bistro"), page);
        assertFalse(Controllers.body(get("/own/conflict", true)).contains("development"));
    }

    @Test
    void tellsTheDeveloperWhichRouteIsNearest() {
        var problems = new Problems();
        var items = new Items();
        Dispatcher dispatcher = new DispatcherFactory(StandardCodecs.create(), true, problems)
                .create(List.of(Items.class), type -> items);
        problems.throwIfAny();
        assertTrue(
                answer(dispatcher, "GET", "/itms/7")
                        .contains("\"development\":[\"Did you mean GET /items/{id:int} → "
                                + "ExceptionHandlersTest.Items.find(int)?\"]"),
                answer(dispatcher, "GET", "/itms/7"));
        assertTrue(answer(dispatcher, "GET", "/items/seven").contains("PUT /items/{any}"));
        assertTrue(answer(dispatcher, "GET", "/items/7/").contains("Did you mean GET /items/{id:int}"));
        assertFalse(answer(dispatcher, "GET", "/quite/another").contains("development"));
        String patch = answer(dispatcher, "PATCH", "/items/7");
        assertTrue(
                patch.contains("\"development\":[\"GET /items/{id:int} → ExceptionHandlersTest.Items.find(int): "
                        + "another method than PATCH\","
                        + "\"PUT /items/{any} → ExceptionHandlersTest.Items.put(String, String): "
                        + "another method than PATCH\"]"),
                patch);
    }

    @Route("/items")
    static class Items {
        @Get("/{id:int}")
        String find(int id) {
            return "";
        }

        @dev.bistro.annotation.Put("/{any}")
        String put(String any, @dev.bistro.annotation.Body String text) {
            return "";
        }
    }

    private static String answer(Dispatcher dispatcher, String method, String target) {
        ServerRequest request = ServerRequests.of(MockRequest.of(Method.of(method), target));
        return Controllers.body(dispatcher.find(request).answer(request));
    }

    @Test
    void escapesTheCauseOnThePage() {
        var problems = new Problems();
        var throwing = new ThrowingMarkup();
        Dispatcher dispatcher = new DispatcherFactory(StandardCodecs.create(), true, problems)
                .create(List.of(ThrowingMarkup.class), type -> throwing);
        ServerRequest request = ServerRequests.of(MockRequest.get("/markup").header("Accept", "text/html"));
        String page = Controllers.body(dispatcher.find(request).answer(request));
        assertTrue(page.contains("&lt;script&gt;") && !page.contains("<script>"), page);
    }

    @Route("/markup")
    static class ThrowingMarkup {
        @Get
        void fail() {
            throw new IllegalStateException("<script>alert(1)</script>");
        }
    }

    @Route("/faulty")
    static class Faulty {
        @Get
        @ExceptionHandler
        @dev.bistro.annotation.Status(400)
        String twoRoles(IOException fault) {
            return "";
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(400)
        private String hidden(IOException fault) {
            return "";
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(400)
        static String shared(IOException fault) {
            return "";
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(400)
        String another(IOException fault, Headers headers) {
            return "";
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(400)
        String twice(IOException fault, IllegalStateException other) {
            return "";
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(400)
        String untyped(Request request) {
            return "";
        }

        @ExceptionHandler({IOException.class, IllegalStateException.class})
        @dev.bistro.annotation.Status(400)
        String mismatch(IOException fault) {
            return "";
        }

        @ExceptionHandler
        String withoutStatus(ArithmeticException fault) {
            return "";
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(400)
        Thread unwritable(ArrayStoreException fault) {
            return null;
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(400)
        String one(HttpException fault) {
            return "";
        }

        @ExceptionHandler(HttpException.class)
        @dev.bistro.annotation.Status(400)
        String two() {
            return "";
        }
    }

    @Test
    void reportsHandlersThatAreNone() {
        Golden.assertGolden("exception-handlers", Controllers.faults(new Faulty()));
    }
}
