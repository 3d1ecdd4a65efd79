package dev.bistro.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.annotation.Body;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.html.Html;
import dev.bistro.html.View;
import dev.bistro.http.Response;
import dev.bistro.startup.Golden;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results that say their status themselves, and pages; in whatever they are wrapped. */
class OutcomesTest {
    record Item(long id) {}

    sealed interface Outcome {
        record Found(@Body Item item) implements Outcome {}

        @Status(203)
        record Page(@Body Html page) implements Outcome {}

        @Status(202)
        record Streamed(@Body InputStream stream) implements Outcome {}

        @Status(404)
        record Missing() implements Outcome {}

        record Nothing() implements Outcome {}

        @Status(409)
        record Taken(String name, long by) implements Outcome {}

        sealed interface Deeper extends Outcome {}

        @Status(410)
        record Gone(String since) implements Deeper {}

        enum Word implements Outcome {
            SPOKEN
        }
    }

    @Status(201)
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
            return Response.ok(outcome(which)).withStatus(dev.bistro.http.Status.ACCEPTED);
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
        @Status(206)
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
            return Response.ok(html()).withStatus(dev.bistro.http.Status.ACCEPTED);
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
        @Status(99)
        record NoStatus() implements Faulty {}

        @Status(204)
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
}
