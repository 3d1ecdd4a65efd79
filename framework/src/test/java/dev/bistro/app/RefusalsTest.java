package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.html.Html;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every kind of error is a problem document with the same members, whoever rejects the request: the transport, the
 * router, the binders, or the handler.
 */
@Timeout(120)
class RefusalsTest {
    record Task(String title) {}

    @Route("/tasks")
    static final class Tasks {
        @Get("/{id}")
        Task find(int id, int page) {
            return new Task("x");
        }

        @Post
        Task add(Task task) {
            return task;
        }

        @Get("/shown")
        @Produces("text/html")
        Html page() {
            return Html.of("<p>");
        }

        @Get("/shown")
        Task shown() {
            return new Task("x");
        }

        @Get("/fails")
        void fail() {
            throw new IllegalStateException("secret");
        }

        @Get("/never")
        CompletionStage<Task> never() {
            return new CompletableFuture<>();
        }

        @Get("/failsLater")
        CompletionStage<Task> failLater() {
            return CompletableFuture.failedFuture(new IllegalStateException("secret"));
        }
    }

    private static Server server;

    @BeforeAll
    static void start() {
        server = Bistro.app(RefusalsTest.class)
                .classes(Tasks.class)
                .port(0)
                .set("server.max-body-size", "1KiB")
                .set("server.body-timeout", "500ms")
                .set("server.head-timeout", "500ms")
                .set("server.pending-timeout", "500ms")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String exchange(String request) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        return RawClient.exchange(address, request.replace("~", "\r\n").replace("LONG", "x".repeat(70_000)));
    }

    private static JsonNode problem(String response) throws IOException {
        assertTrue(response.contains("\r\nContent-Type: application/problem+json\r\n"), response);
        assertTrue(!response.contains("secret"), response);
        return JsonMapper.shared().readTree(response.substring(response.indexOf("\r\n\r\n") + 4));
    }

    private static List<String> names(JsonNode problem) {
        return List.copyOf(problem.propertyNames());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | /nowhere      | GET /nowhere HTTP/1.1~Host: a~Connection: close~~
            405 | /tasks        | PUT /tasks HTTP/1.1~Host: a~Connection: close~~
            406 | /tasks/shown  | GET /tasks/shown HTTP/1.1~Host: a~Connection: close~Accept: image/png~~
            415 | /tasks        | POST /tasks HTTP/1.1~Host: a~Connection: close~Content-Type: image/png~\
            Content-Length: 1~~x
            415 | /tasks        | POST /tasks HTTP/1.1~Host: a~Connection: close~Content-Encoding: br~\
            Content-Type: application/json~Content-Length: 1~~x
            500 | /tasks/fails  | GET /tasks/fails HTTP/1.1~Host: a~Connection: close~~
            500 | /tasks/failsLater | GET /tasks/failsLater HTTP/1.1~Host: a~Connection: close~~
            503 | /tasks/never  | GET /tasks/never HTTP/1.1~Host: a~Connection: close~~
            413 | /tasks        | POST /tasks HTTP/1.1~Host: a~Connection: close~Content-Type: application/json~\
            Content-Length: 2000~~
            413 | /tasks        | POST /tasks HTTP/1.1~Host: a~Content-Type: application/json~\
            Transfer-Encoding: chunked~~FFFF~LONG
            408 | /tasks        | POST /tasks HTTP/1.1~Host: a~Content-Type: application/json~Content-Length: 20~~{
            400 | /tasks        | POST /tasks HTTP/1.1~Host: a~Content-Type: application/json~\
            Transfer-Encoding: chunked~~no size~
            400 | /tasks        | POST /tasks HTTP/1.1~Host: a~Content-Length: 1~Transfer-Encoding: chunked~~
            501 | /tasks        | POST /tasks HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked~~
            417 | /tasks        | POST /tasks HTTP/1.1~Host: a~Content-Length: 1~Expect: 200-ok~~
            """)
    void anErrorOfARequestNamesTheRequest(int status, String path, String request) throws IOException {
        JsonNode problem = problem(exchange(request));
        assertEquals(List.of("type", "title", "status", "detail", "instance", "requestId"), names(problem));
        assertEquals("about:blank", problem.get("type").asString());
        assertEquals(status, problem.get("status").asInt());
        assertEquals(path, problem.get("instance").asString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | /tasks/x | GET /tasks/x HTTP/1.1~Host: a~Connection: close~~
            422 | /tasks   | POST /tasks HTTP/1.1~Host: a~Connection: close~Content-Type: application/json~\
            Content-Length: 14~~{"titel":"x"}~
            """)
    void anErrorOfValuesNamesEach(int status, String path, String request) throws IOException {
        JsonNode problem = problem(exchange(request));
        assertEquals(List.of("type", "title", "status", "detail", "instance", "requestId", "errors"), names(problem));
        assertEquals(status, problem.get("status").asInt());
        assertEquals(path, problem.get("instance").asString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | GET / HTTP/1.1~~
            400 | GET / HTTP/1.1~Host: a~No colon~~
            414 | GET /LONG HTTP/1.1~Host: a~~
            431 | GET / HTTP/1.1~Host: a~A: LONG~~
            505 | GET / HTTP/2.0~Host: a~~
            408 | GET / HT
            """)
    void whatIsNoRequestHasNoNameForIt(int status, String request) throws IOException {
        JsonNode problem = problem(exchange(request));
        assertEquals(List.of("type", "title", "status", "detail"), names(problem));
        assertEquals(status, problem.get("status").asInt());
    }

    @Test
    void aBrowserGetsAPageOfWhatTheTransportTurnsDown() throws IOException {
        String response = exchange(
                "POST /tasks HTTP/1.1~Host: a~Accept: text/html~Content-Type: application/json~Content-Length: 2000~~");
        assertTrue(response.startsWith("HTTP/1.1 413 "), response);
        assertTrue(response.contains("<h1>413 Content Too Large</h1>"), response);
        assertTrue(response.contains("<small>/tasks "), response);
    }
}
