package dev.bistro.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Delete;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.ConflictException;
import dev.bistro.http.Method;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.http.spi.Target.BodyUse;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.testing.MockRequest;
import dev.bistro.testing.ServerRequests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Controllers through the dispatcher: from a request to the response, without a socket. */
class ControllersTest {
    record Item(long id, String name) {}

    @Route("/items")
    static class Items {
        @Get
        List<Item> list(Optional<String> q) {
            return List.of(new Item(1, q.orElse("all")));
        }

        @Get("{id:long}")
        Optional<Item> find(long id) {
            return id == 1 ? Optional.of(new Item(1, "one")) : Optional.empty();
        }

        @Post
        Response<Item> add(Item item) {
            return Response.created("/items/" + item.id(), item);
        }

        @Put("/{id}")
        @Status(202)
        @Blocking
        String replace(long id, Item item) {
            return id + " " + item.name();
        }

        @Delete("/{id}")
        void remove(long id) {
            if (id == 2) {
                throw new ConflictException("It is in use");
            }
            if (id == 3) {
                throw new IllegalStateException("secret");
            }
        }

        @Route(value = "/{id}", method = "PURGE")
        void purge(long id) {}

        @Get("/page")
        @Produces("text/html")
        String page() {
            return "<p>";
        }

        @Post("/upload")
        String upload(InputStream body) throws IOException {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }

        @Get("/later/{what}")
        CompletionStage<Item> later(String what) {
            return switch (what) {
                case "item" -> CompletableFuture.completedFuture(new Item(7, "later"));
                case "missing" -> CompletableFuture.failedFuture(new NotFoundException("No such item"));
                default ->
                    CompletableFuture.supplyAsync(() -> {
                        throw new IllegalStateException("secret");
                    });
            };
        }

        @Get("/stream")
        StreamingBody stream() {
            return output -> output.write("piece".getBytes(StandardCharsets.UTF_8));
        }

        @Get("/request")
        @NonBlocking
        String request(Request request) {
            return request.path();
        }
    }

    @Route
    static final class Root {
        @Get
        String home() {
            return "home";
        }
    }

    private final Problems problems = new Problems();

    private Dispatcher dispatcher(Object... controllers) {
        List<Class<?>> types =
                List.of(controllers).stream().<Class<?>>map(Object::getClass).toList();
        return new DispatcherFactory(StandardCodecs.create(), problems)
                .create(types, type -> List.of(controllers).get(types.indexOf(type)));
    }

    private static ServerRequest request(String method, String target) {
        return ServerRequests.of(MockRequest.of(Method.of(method), target));
    }

    private static String answer(Dispatcher dispatcher, ServerRequest request) {
        Response<Payload> response = dispatcher.find(request).answer(request);
        while (response.body().orElse(Payload.NONE) instanceof PendingPayload pending) {
            response = pending.response().toCompletableFuture().join();
        }
        String type = response.headers().first("Content-Type").orElse("-");
        byte[] body =
                response.body().orElse(Payload.NONE) instanceof BytesPayload bytes ? bytes.bytes() : new byte[] {'~'};
        return response.status().code() + " " + type + " " + new String(body, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "GET / => 200 text/plain;charset=utf-8 home",
                "GET /items => 200 application/json [{\"id\":1,\"name\":\"all\"}]",
                "GET /items?q=x => 200 application/json [{\"id\":1,\"name\":\"x\"}]",
                "GET /items/1 => 200 application/json {\"id\":1,\"name\":\"one\"}",
                "DELETE /items/1 => 204 - ",
                "PURGE /items/1 => 204 - ",
                "GET /items/page => 200 text/html;charset=utf-8 <p>",
                "GET /items/later/item => 200 application/json {\"id\":7,\"name\":\"later\"}",
                "GET /items/stream => 200 application/octet-stream ~",
                "GET /items/request => 200 text/plain;charset=utf-8 /items/request",
            })
    void answers(String request, String expected) {
        String[] parts = request.split(" ");
        Dispatcher dispatcher = dispatcher(new Items(), new Root());
        problems.throwIfAny();
        assertEquals(
                expected.strip(),
                answer(dispatcher, request(parts[0], parts[1])).strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "GET /items/2 => 404",
                "DELETE /items/2 => 409 It is in use",
                "DELETE /items/x => 400 expected a long",
                "GET /items/later/missing => 404 No such item",
                "GET /nowhere => 404 Route not found",
                "PATCH /items => 405 GET, HEAD, OPTIONS, POST",
                "GET /items/%zz => 400",
                "DELETE /items/3 => 500",
                "GET /items/later/fails => 500",
            })
    void answersFaultsWithProblems(String request, String expected) {
        String[] parts = request.split(" ");
        String[] wanted = expected.split(" ", 2);
        String answer = answer(dispatcher(new Items(), new Root()), request(parts[0], parts[1]));
        assertTrue(answer.startsWith(wanted[0] + " application/problem+json {"), answer);
        assertTrue(wanted.length < 2 || answer.contains(wanted[1]), answer);
        assertFalse(answer.contains("secret"), answer);
    }

    @Test
    void answersOptionsForWhatNobodyWrote() {
        Dispatcher dispatcher = dispatcher(new Items());
        ServerRequest one = request("OPTIONS", "/items/1");
        assertEquals(
                "DELETE, GET, HEAD, OPTIONS, PURGE, PUT",
                dispatcher.find(one).answer(one).headers().first("Allow").orElse(""));
        ServerRequest all = request("OPTIONS", "*");
        assertEquals(
                "DELETE, GET, HEAD, OPTIONS, POST, PURGE, PUT",
                dispatcher.find(all).answer(all).headers().first("Allow").orElse(""));
    }

    @Test
    void saysWhatEachTargetNeeds() {
        Dispatcher dispatcher = dispatcher(new Items());
        assertEquals(BodyUse.IGNORED, find(dispatcher, "GET", "/items").traits().bodyUse());
        assertEquals(BodyUse.WHOLE, find(dispatcher, "POST", "/items").traits().bodyUse());
        assertEquals(
                BodyUse.WHOLE,
                find(dispatcher, "GET", "/items/request").traits().bodyUse());
        assertEquals(
                BodyUse.STREAM,
                find(dispatcher, "POST", "/items/upload").traits().bodyUse());
        assertEquals(
                Execution.ADAPTIVE, find(dispatcher, "GET", "/items").traits().execution());
        assertEquals(
                Execution.BLOCKING, find(dispatcher, "PUT", "/items/1").traits().execution());
        assertEquals(
                Execution.NON_BLOCKING,
                find(dispatcher, "GET", "/items/request").traits().execution());
    }

    private static Target find(Dispatcher dispatcher, String method, String path) {
        Target target = dispatcher.find(request(method, path));
        assertTrue(dispatcher.targets().contains(target));
        return target;
    }

    @Test
    void describesItsRoutes() {
        assertEquals(
                List.of(
                        "GET   /                  ControllersTest.Root.home()",
                        "GET   /items             ControllersTest.Items.list(Optional)",
                        "POST  /items             ControllersTest.Items.add(ControllersTest.Item)"),
                dispatcher(new Items(), new Root()).describeRoutes().subList(0, 3).stream()
                        .map(line -> line.replaceFirst("^(\\S+) +(\\S+) +", "$1  $2  "))
                        .map(line -> String.format("%-5s %-18s %s", (Object[]) line.split("  ")))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"'','',/", "'',/a,/a", "/a,'',/a", "/a/,'',/a", "a,b,/a/b", "/a/,/b,/a/b", "/,/,/", "/a,/,/a/"})
    void joinsPaths(String prefix, String path, String joined) {
        assertEquals(joined, PathTemplate.join(prefix, path));
    }

    @Route("/faulty")
    static class Faulty {
        @Get("/a")
        private void hidden() {}

        @Get("/b")
        static void shared() {}

        @Route("/c")
        void nothing() {}
    }

    @Route("/empty")
    static class Empty {
        void notAHandler() {}
    }

    @Test
    void reportsHandlersThatCanNotBeCalled() {
        dispatcher(new Faulty(), new Empty());
        Golden.assertGolden("handlers", problems);
    }
}
