package dev.bistro.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.html.Html;
import dev.bistro.html.View;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.startup.Golden;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results that have their own status, and pages, whatever they are wrapped in. */
class OutcomesTest {
    record Item(long id) {}

    sealed interface Outcome {
        record Found(@Body Item item) implements Outcome {}

        @dev.bistro.annotation.Status(203)
        record Page(@Body Html page) implements Outcome {}

        @dev.bistro.annotation.Status(202)
        record Streamed(@Body InputStream stream) implements Outcome {}

        @dev.bistro.annotation.Status(404)
        record Missing() implements Outcome {}

        record Nothing() implements Outcome {}

        @dev.bistro.annotation.Status(409)
        record Taken(String name, long by) implements Outcome {}

        sealed interface Deeper extends Outcome {}

        @dev.bistro.annotation.Status(410)
        record Gone(String since) implements Deeper {}

        enum Word implements Outcome {
            SPOKEN
        }
    }

    @dev.bistro.annotation.Status(201)
    record Made(long id) {}

    record Generic<T>(@Body T body) {}

    @Route("/x")
    static class Things {
        private static Outcome outcome(String which) {
            return switch (which) {
                case "found" -> new Outcome.Found(new Item(1));
                case "page" -> new Outcome.Page(Html.of("<p>{}</p>", "<"));
                case "streamed" -> new Outcome.Streamed(new ByteArrayInputStream("stream".getBytes()));
                case "missing" -> new Outcome.Missing();
                case "nothing" -> new Outcome.Nothing();
                case "taken" -> new Outcome.Taken("tea", 7);
                case "gone" -> new Outcome.Gone("May");
                default -> Outcome.Word.SPOKEN;
            };
        }

        @Get("/plain/{which}")
        Outcome plain(String which) {
            return outcome(which);
        }

        @Get("/optional/{which}")
        Optional<Outcome> optional(String which) {
            return which.equals("none") ? Optional.empty() : Optional.of(outcome(which));
        }

        @Get("/later/{which}")
        CompletionStage<Outcome> later(String which) {
            return CompletableFuture.completedFuture(outcome(which));
        }

        @Get("/later/optional/{which}")
        CompletionStage<Optional<Outcome>> laterOptional(String which) {
            return CompletableFuture.completedFuture(optional(which));
        }

        @Get("/response/{which}")
        Response<Outcome> response(String which) {
            return Response.ok(outcome(which)).withHeader("X-A", "b");
        }

        @Get("/said/{which}")
        Response<Outcome> said(String which) {
            return Response.ok(outcome(which)).withStatus(Status.ACCEPTED);
        }

        @Get("/later/response/{which}")
        CompletionStage<Response<Outcome>> laterResponse(String which) {
            return CompletableFuture.completedFuture(response(which));
        }

        @Get("/response/optional/{which}")
        Response<Optional<Outcome>> responseOptional(String which) {
            return Response.ok(Optional.of(outcome(which)));
        }

        @Get("/response/later/{which}")
        Response<CompletionStage<Outcome>> responseLater(String which) {
            return Response.ok(later(which));
        }

        @Get("/response/made")
        Response<Made> responseMade() {
            return Response.ok(new Made(3));
        }

        @Get("/any/{which}")
        Object any(String which) {
            return outcome(which);
        }

        @Get("/wild/{which}")
        Response<?> wild(String which) {
            return Response.ok(outcome(which));
        }

        @Get("/status/{which}")
        @dev.bistro.annotation.Status(206)
        Outcome status(String which) {
            return outcome(which);
        }

        @Get("/made")
        Made made() {
            return new Made(3);
        }

        @Get("/generic")
        Generic<List<Item>> generic() {
            return new Generic<>(List.of(new Item(1)));
        }

        @Get("/list")
        List<Outcome> list() {
            return List.of(outcome("found"), outcome("taken"));
        }

        @Get("/html")
        Html html() {
            return Html.of("<p>{}</p>", "é<");
        }

        @Get("/html/typed")
        @Produces("text/html")
        Response<Html> typedHtml() {
            return Response.ok(html()).withStatus(Status.ACCEPTED);
        }

        @Get("/html/many")
        Stream<Html> manyHtml() {
            return Stream.of(html(), html());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/x/plain/found => 200 application/json {\"id\":1}",
                "/x/plain/page => 203 text/html;charset=utf-8 <p>&lt;</p>",
                "/x/plain/streamed => 202 application/octet-stream stream",
                "/x/plain/missing => 404 - ",
                "/x/plain/nothing => 204 - ",
                "/x/plain/taken => 409 application/json {\"name\":\"tea\",\"by\":7}",
                "/x/plain/gone => 410 application/json {\"since\":\"May\"}",
                "/x/plain/word => 200 application/json \"SPOKEN\"",
                "/x/optional/taken => 409 application/json {\"name\":\"tea\",\"by\":7}",
                "/x/later/taken => 409 application/json {\"name\":\"tea\",\"by\":7}",
                "/x/later/optional/page => 203 text/html;charset=utf-8 <p>&lt;</p>",
                "/x/response/taken => 409 application/json {\"name\":\"tea\",\"by\":7}",
                "/x/response/missing => 404 - ",
                "/x/any/taken => 409 application/json {\"name\":\"tea\",\"by\":7}",
                "/x/any/missing => 404 - ",
                "/x/wild/taken => 409 application/json {\"name\":\"tea\",\"by\":7}",
                "/x/response/nothing => 200 - ",
                "/x/response/page => 203 text/html;charset=utf-8 <p>&lt;</p>",
                "/x/said/taken => 202 application/json {\"name\":\"tea\",\"by\":7}",
                "/x/later/response/taken => 409 application/json {\"name\":\"tea\",\"by\":7}",
                "/x/response/optional/taken => 409 application/json {\"name\":\"tea\",\"by\":7}",
                "/x/response/later/taken => 409 application/json {\"name\":\"tea\",\"by\":7}",
                "/x/response/made => 201 application/json {\"id\":3}",
                "/x/status/taken => 409 application/json {\"name\":\"tea\",\"by\":7}",
                "/x/status/found => 206 application/json {\"id\":1}",
                "/x/status/nothing => 206 - ",
                "/x/made => 201 application/json {\"id\":3}",
                "/x/generic => 200 application/json [{\"id\":1}]",
                "/x/list => 200 application/json [{\"item\":{\"id\":1}},{\"name\":\"tea\",\"by\":7}]",
                "/x/html => 200 text/html;charset=utf-8 <p>é&lt;</p>",
                "/x/html/typed => 202 text/html;charset=utf-8 <p>é&lt;</p>",
                "/x/html/many => 200 text/html;charset=utf-8 <p>é&lt;</p><p>é&lt;</p>",
            })
    void answers(String target, String expected) {
        assertEquals(
                expected.strip(),
                Controllers.text(Controllers.of(new Things()).send("GET", target))
                        .strip());
    }

    @Test
    void answersAnEmptyOptionalWithAProblemAsAlways() {
        var response = Controllers.of(new Things()).send("GET", "/x/optional/none");
        assertEquals("application/problem+json", Controllers.header(response, "Content-Type"));
    }

    @Test
    void keepsTheHeadersOfAResponseAroundAnOutcome() {
        assertEquals("b", Controllers.header(Controllers.of(new Things()).send("GET", "/x/response/found"), "X-A"));
    }

    sealed interface Faulty {
        @dev.bistro.annotation.Status(99)
        record NoStatus() implements Faulty {}

        @dev.bistro.annotation.Status(204)
        record BodyLess(String text) implements Faulty {}

        record Two(@Body String text, String lost) implements Faulty {}

        record Unwritable(@Body java.io.Reader reader) implements Faulty {}
    }

    @Route("/faulty")
    static class FaultyThings {
        @Get
        Faulty get() {
            return null;
        }

        @Get("/view")
        View view() {
            return View.of("page", 1);
        }
    }

    @Test
    void reportsOutcomesThatAreNone() {
        Golden.assertGolden("outcomes", Controllers.faults(new FaultyThings()));
    }

    sealed interface Placing {
        @dev.bistro.annotation.Status(201)
        record Placed(
                @Header String location,
                @Header List<String> link,
                @Body Item item) implements Placing {}

        @dev.bistro.annotation.Status(409)
        record SoldOut(String product, @Header Optional<Duration> retryAfter) implements Placing {}

        @dev.bistro.annotation.Status(303)
        record Elsewhere(@Header URI location) implements Placing {}

        record Accepted(@Header(name = "X-Left") int left) implements Placing {}

        @dev.bistro.annotation.Status(503)
        record Explicit(@Header Instant expires, @ETag long version) implements Placing {
            public Instant expires() {
                return expires;
            }
        }
    }

    @Route("/placings")
    static class Placings {
        private static Placing placing(String which) {
            return switch (which) {
                case "placed" -> new Placing.Placed("/orders/7", List.of("</a>", "</b>"), new Item(7));
                case "later" -> new Placing.SoldOut("tea", Optional.of(Duration.ofMinutes(2)));
                case "never" -> new Placing.SoldOut("tea", Optional.empty());
                case "elsewhere" -> new Placing.Elsewhere(URI.create("/é"));
                case "injected" -> new Placing.Placed("/\r\nSet-Cookie: a=b", List.of(), new Item(7));
                case "null" -> new Placing.Placed(null, List.of(), new Item(7));
                case "explicit" -> new Placing.Explicit(Instant.EPOCH, 3);
                default -> new Placing.Accepted(5);
            };
        }

        @Get("/plain/{which}")
        Placing plain(String which) {
            return placing(which);
        }

        @Get("/optional/{which}")
        Optional<Placing> optional(String which) {
            return Optional.of(placing(which));
        }

        @Get("/pending/{which}")
        CompletionStage<Placing> pending(String which) {
            return CompletableFuture.completedFuture(placing(which));
        }

        @Get("/any/{which}")
        Object any(String which) {
            return placing(which);
        }

        @Get("/response/{which}")
        Response<Placing> response(String which) {
            return Response.ok(placing(which)).withHeader("Location", "/mine");
        }

        @Get("/method/{which}")
        @Header(name = "Location", value = "/method")
        Placing method(String which) {
            return placing(which);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "plain/placed => 201 application/json {\"id\":7} => Location: /orders/7, Link: </a>, Link: </b>",
                "plain/later => 409 application/json {\"product\":\"tea\"} => Retry-After: 120",
                "plain/never => 409 application/json {\"product\":\"tea\"} => ''",
                "plain/elsewhere => 303 - => Location: /%C3%A9",
                "plain/accepted => 204 - => X-Left: 5",
                "plain/explicit => 503 application/json {\"version\":3} => Expires: Thu, 01 Jan 1970 00:00:00 GMT",
                "optional/placed => 201 application/json {\"id\":7} => Location: /orders/7, Link: </a>, Link: </b>",
                "pending/later => 409 application/json {\"product\":\"tea\"} => Retry-After: 120",
                "any/later => 409 application/json {\"product\":\"tea\"} => Retry-After: 120",
                "any/elsewhere => 303 - => Location: /%C3%A9",
                "response/placed => 201 application/json {\"id\":7} => Location: /mine, Link: </a>, Link: </b>",
                "method/placed => 201 application/json {\"id\":7} => Location: /orders/7, Link: </a>, Link: </b>",
                "method/later => 409 application/json {\"product\":\"tea\"} => Retry-After: 120",
            })
    void sendsComponentsThatAreHeaders(String which, String answer, String headers) {
        var response = Controllers.of(new Placings()).send("GET", "/placings/" + which);
        assertEquals(answer, Controllers.text(response).strip());
        var sent = new ArrayList<String>();
        for (String line : response.headers().toString().split("\n")) {
            if (line.matches("(Location|Link|Retry-After|X-Left|Expires): .*")) {
                sent.add(line);
            }
        }
        assertEquals(headers.equals("''") ? "" : headers, String.join(", ", sent));
    }

    @Test
    void sendsNoHeaderThatEndsALineNorOneThatIsNull() {
        for (String which : List.of("injected", "null")) {
            var response = Controllers.of(new Placings()).send("GET", "/placings/plain/" + which);
            assertEquals(500, response.status().code());
            assertEquals(false, response.headers().contains("Location"));
            assertEquals(false, response.headers().contains("Set-Cookie"));
        }
    }

    sealed interface Misused {
        record Valued(@Header(value = "x") String a) implements Misused {}

        record Named(@Header(name = "a b") String a) implements Misused {}

        record Reserved(@Header String contentType, @Header int contentLength) implements Misused {}

        record Structured(@Header Item item, @Header byte[] bytes) implements Misused {}

        @dev.bistro.annotation.Status(204)
        record Twice(@Header String a, String b) implements Misused {}
    }

    record Inner(@Header String a, String b) {}

    record Outer(List<Inner> all) {}

    @Route("/misused")
    static class MisusedHeaders {
        @Get("/outcomes")
        Misused outcomes() {
            return null;
        }

        @Get("/list")
        List<Inner> list() {
            return List.of();
        }

        @Get("/nested")
        Optional<Outer> nested() {
            return Optional.empty();
        }

        @Get("/method")
        @Header(name = "X-A")
        String method() {
            return "";
        }

        @dev.bistro.annotation.Post("/body")
        String body(Inner inner) {
            return "";
        }

        @Get("/bean")
        String bean(@BeanParam Inner inner) {
            return "";
        }
    }

    @Test
    void reportsHeadersThatCannotBeSent() {
        Golden.assertGolden("header-components", Controllers.faults(new MisusedHeaders()));
    }
}
