package dev.bistro.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.TextCodec;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.ConflictException;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.MediaType;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorWriterTest {
    private static final String BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8";

    private final BodyCodecs codecs = StandardCodecs.create();
    private final ErrorWriter writer = new ErrorWriter(codecs);

    private static byte[] bytes(Response<Payload> response) {
        return ((BytesPayload) response.body().orElseThrow()).bytes();
    }

    private static String text(Response<Payload> response) {
        return new String(bytes(response), StandardCharsets.UTF_8);
    }

    private Object parsed(Response<Payload> response) {
        return codecs.reader(Object.class, List.of(MediaType.PROBLEM_JSON))
                .orElseThrow()
                .read(new StubRequest("/", Headers.of("Content-Type", "application/problem+json"), text(response)));
    }

    private static Optional<String> header(Response<Payload> response, String name) {
        return response.headers().combined(name);
    }

    @Test
    void writesProblemOfRequest() {
        Response<Payload> response = writer.write(StubRequest.accepting(), new NotFoundException("No \"item\" <7>"));
        assertEquals(Status.NOT_FOUND, response.status());
        assertEquals(Optional.of("application/problem+json"), header(response, "Content-Type"));
        assertEquals(Optional.of("Accept"), header(response, "Vary"));
        assertEquals(Optional.of("no-store"), header(response, "Cache-Control"));
        assertEquals(
                Map.of(
                        "type", "about:blank",
                        "title", "Not Found",
                        "status", 404,
                        "detail", "No \"item\" <7>",
                        "instance", "/items/7",
                        "requestId", "r-42"),
                parsed(response));
    }

    @Test
    void writesMoreOfAProblem() {
        var fault = new ConflictException("It costs 50")
                .withType(URI.create("https://example.org/out-of-credit"))
                .withMember("balance", 30)
                .withMember("accounts", List.of("a", "b"))
                .withHeader("Retry-After", "60")
                .withHeader("Content-Type", "text/plain")
                .withCause(new IllegalStateException("secret"));
        Response<Payload> response = writer.write(StubRequest.accepting(), fault);
        assertEquals(
                "{\"type\":\"https://example.org/out-of-credit\",\"title\":\"Conflict\",\"status\":409,"
                        + "\"detail\":\"It costs 50\",\"instance\":\"/items/7\",\"requestId\":\"r-42\","
                        + "\"balance\":30,\"accounts\":[\"a\",\"b\"]}",
                text(response));
        assertEquals(Optional.of("60"), header(response, "Retry-After"));
        assertEquals(Optional.of("application/problem+json"), header(response, "Content-Type"));
    }

    @Test
    void aPageHasNoMembers() {
        var fault = new ConflictException("It costs 50")
                .withType(URI.create("https://example.org/out-of-credit"))
                .withMember("balance", "hidden");
        String page = text(writer.write(StubRequest.accepting(BROWSER), fault));
        assertTrue(page.contains("It costs 50"), page);
        assertFalse(page.contains("hidden") || page.contains("out-of-credit"), page);
    }

    @Test
    void a500TellsNoMoreThanThatTheServerFailed() {
        var fault = new HttpException(Status.INTERNAL_SERVER_ERROR, "secret")
                .withType(URI.create("https://example.org/secret"))
                .withMember("secret", 1)
                .withCause(new IllegalStateException("secret"));
        String problem = text(writer.write(StubRequest.accepting(), fault));
        assertFalse(problem.contains("secret"), problem);
    }

    @Test
    void writesEachWrongValue() {
        var fault = new BadRequestException(
                "Two values are wrong",
                List.of(
                        new InvalidValue(InvalidValue.In.QUERY, "limit", "expected an int, but was 'x'"),
                        new InvalidValue(InvalidValue.In.BODY, "/price", "is required")));
        var problem = (Map<?, ?>) parsed(writer.write(StubRequest.accepting(), fault));
        assertEquals(
                List.of(
                        Map.of("in", "query", "name", "limit", "detail", "expected an int, but was 'x'"),
                        Map.of("in", "body", "pointer", "/price", "detail", "is required")),
                problem.get("errors"));
    }

    @Test
    void writesProblemWithoutRequest() {
        Response<Payload> response = writer.write(new HttpException(Status.URI_TOO_LONG, "Longer than 8192 bytes"));
        assertEquals(
                Map.of(
                        "type",
                        "about:blank",
                        "title",
                        "URI Too Long",
                        "status",
                        414,
                        "detail",
                        "Longer than 8192 bytes"),
                parsed(response));
    }

    @Test
    void neverShowsTextOfInternalError() {
        var fault = new HttpException(
                Status.INTERNAL_SERVER_ERROR,
                "password=secret",
                Headers.empty(),
                List.of(new InvalidValue(InvalidValue.In.BODY, "/secret", "secret")));
        for (Request request : List.of(StubRequest.accepting(), StubRequest.accepting(BROWSER))) {
            String body = text(writer.write(request, fault));
            assertFalse(body.contains("secret"), body);
            assertTrue(body.contains("The server failed to answer this request"), body);
            assertTrue(body.contains("r-42"), body);
        }
        assertFalse(text(writer.write(fault)).contains("secret"));
    }

    @Test
    void showsTextOfOtherServerErrorsThatWereMeantForTheClient() {
        var problem = (Map<?, ?>) parsed(
                writer.write(StubRequest.accepting(), new HttpException(Status.SERVICE_UNAVAILABLE, "Back at ten")));
        assertEquals("Back at ten", problem.get("detail"));
        assertEquals("r-42", problem.get("requestId"));
    }

    @Test
    void tellsTheReasonWhereThereIsNoDetail() {
        var fault = new HttpException(Status.BAD_GATEWAY, new RuntimeException().getMessage());
        var problem = (Map<?, ?>) parsed(writer.write(StubRequest.accepting(), fault));
        assertEquals("Bad Gateway", problem.get("detail"));
    }

    // ---- HTML

    @ParameterizedTest
    @ValueSource(
            strings = {BROWSER, "text/html", "text/*", "text/html, application/json;q=0.9", "text/html;q=0.5,*/*;q=0.1"
            })
    void writesPageForWhoLikesHtmlBetter(String accept) {
        Response<Payload> response = writer.write(StubRequest.accepting(accept), new NotFoundException("Gone fishing"));
        assertEquals(Optional.of("text/html;charset=utf-8"), header(response, "Content-Type"));
        assertEquals(Optional.of("Accept"), header(response, "Vary"));
        String page = text(response);
        assertTrue(page.startsWith("<!doctype html>"), page);
        for (String part : List.of("404 Not Found", "Gone fishing", "/items/7", "r-42")) {
            assertTrue(page.contains(part), page);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "",
                "application/json",
                "application/problem+json",
                "application/json, text/html",
                "text/html;q=0.9, application/json",
                "image/png",
                "text/html;q=0, */*",
                "application/*, text/html;q=0.5",
                "not a type"
            })
    void writesJsonForAllOthers(String accept) {
        Response<Payload> response = writer.write(StubRequest.accepting(accept), new NotFoundException("x"));
        assertEquals(Optional.of("application/problem+json"), header(response, "Content-Type"));
    }

    @Test
    void escapesEverythingInPage() {
        String script = "<script>alert('x')</script>";
        var request = new StubRequest("/" + script, Headers.of("Accept", "text/html"), "");
        var fault = new BadRequestException(
                script + " & \"more\"", List.of(new InvalidValue(InvalidValue.In.QUERY, script, script)));
        String page = text(writer.write(request, fault));
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("alert('x')"), page);
        assertTrue(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;"), page);
        assertEquals(4, page.split("&lt;script&gt;", -1).length - 1);
    }

    @Test
    void forbidsPageToLoadOrRunAnything() {
        String policy = header(
                        writer.write(StubRequest.accepting("text/html"), new NotFoundException("x")),
                        "Content-Security-Policy")
                .orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    // ---- headers

    @Test
    void keepsHeadersOfTheFault() {
        Headers headers = Headers.of(
                "Allow", "GET, HEAD", "Vary", "Origin", "Cache-Control", "max-age=60", "Content-Type", "text/evil");
        var fault = new HttpException(Status.METHOD_NOT_ALLOWED, "Only GET", headers, List.of());
        Response<Payload> response = writer.write(StubRequest.accepting(), fault);
        assertEquals(Optional.of("GET, HEAD"), header(response, "Allow"));
        assertEquals(Optional.of("Accept, Origin"), header(response, "Vary"));
        assertEquals(Optional.of("max-age=60"), header(response, "Cache-Control"));
        assertEquals(Optional.of("application/problem+json"), header(response, "Content-Type"));
    }

    @Test
    void writesNoBodyWhereStatusHasNone() {
        Response<Payload> response = writer.write(StubRequest.accepting(), new HttpException(Status.NOT_MODIFIED, "x"));
        assertEquals(Optional.of(Payload.NONE), response.body());
        assertEquals(Optional.empty(), header(response, "Content-Type"));
    }

    @Test
    void needsCodecForJson() {
        var textOnly = new BodyCodecs(List.of(new TextCodec()));
        assertThrows(IllegalArgumentException.class, () -> new ErrorWriter(textOnly));
    }
}
