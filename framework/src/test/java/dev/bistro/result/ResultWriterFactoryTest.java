package dev.bistro.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Produces;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedResponse;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Headers;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Payload;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import java.io.File;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResultWriterFactoryTest {
    record Item(int id) {}

    static final class Hidden {}

    /** The methods whose results are written, by name; none is called. */
    interface Methods<T> {
        void nothing();

        Void boxedNothing();

        @dev.bistro.annotation.Status(202)
        void accepted();

        String text();

        @Produces("text/html")
        String html();

        @Produces("application/json")
        String rawJson();

        byte[] bytes();

        @Produces("image/png")
        byte[] image();

        Item item();

        int number();

        boolean flag();

        List<Item> items();

        Map<String, List<Item>> map();

        @Produces("application/vnd.shop+json")
        Item vendor();

        @dev.bistro.annotation.Status(201)
        @Header(name = "Cache-Control", value = "no-store")
        @Header(name = "Link", value = "</a>; rel=\"a\"")
        @Header(name = "Link", value = "</b>; rel=\"b\"")
        Item annotated();

        Optional<Item> maybe();

        Optional<String> maybeText();

        Optional<Response<Item>> maybeResponse();

        Response<Item> response();

        Response<String> textResponse();

        Response<Void> emptyResponse();

        Response<?> anyResponse();

        @SuppressWarnings("rawtypes")
        Response rawResponse();

        Response<? extends Item> boundResponse();

        Response<Optional<Item>> maybeInResponse();

        @Header(name = "Cache-Control", value = "max-age=60")
        @Header(name = "X-Own", value = "route")
        Response<Item> annotatedResponse();

        Payload payload();

        @Produces("image/png")
        Payload image2();

        ProblemDetail problem();

        Object anything();

        FeedResponse<Hidden> shownFeed();

        T open();

        T[] openArray();
    }

    private final Problems problems = new Problems();
    private final ResultWriterFactory factory = new ResultWriterFactory(StandardCodecs.create(), problems);

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Response<Payload> write(String method, Object result) {
        ResultWriter writer =
                factory.create(ResolvedMethod.of(method(Methods.class, method))).orElseThrow();
        return writer.write(StubRequest.accepting(), result);
    }

    private static String described(Response<Payload> response) {
        var bytes = ((BytesPayload) response.body().orElseThrow()).bytes();
        String headers = response.headers().toString().replace("\n", " | ");
        return response.status().code() + " [" + headers + "] "
                + new String(bytes, StandardCharsets.UTF_8).replace('"', '\'');
    }

    static List<Arguments> results() {
        var item = new Item(7);
        var payload = new BytesPayload(new byte[] {'p'});
        var problem = ProblemDetail.of(new NotFoundException("x"));
        String json = "200 [Content-Type: application/json] ";
        return List.of(
                Arguments.of("nothing", null, "204 [] "),
                Arguments.of("boxedNothing", null, "204 [] "),
                Arguments.of("accepted", null, "202 [] "),
                Arguments.of("text", "é", "200 [Content-Type: text/plain;charset=utf-8] é"),
                Arguments.of("text", "", "200 [Content-Type: text/plain;charset=utf-8] "),
                Arguments.of("html", "<p>", "200 [Content-Type: text/html;charset=utf-8] <p>"),
                Arguments.of("rawJson", "{}", "200 [Content-Type: application/json] {}"),
                Arguments.of("bytes", new byte[] {'b'}, "200 [Content-Type: application/octet-stream] b"),
                Arguments.of("image", new byte[] {'i'}, "200 [Content-Type: image/png] i"),
                Arguments.of("item", item, json + "{'id':7}"),
                Arguments.of("number", 3, json + "3"),
                Arguments.of("flag", true, json + "true"),
                Arguments.of("items", List.of(item), json + "[{'id':7}]"),
                Arguments.of("map", Map.of("a", List.of(item)), json + "{'a':[{'id':7}]}"),
                Arguments.of("vendor", item, "200 [Content-Type: application/vnd.shop+json] {'id':7}"),
                Arguments.of(
                        "annotated",
                        item,
                        "201 [Cache-Control: no-store | Link: </a>; rel=\"a\" | Link: </b>; rel=\"b\""
                                + " | Content-Type: application/json] {'id':7}"),
                Arguments.of("maybe", Optional.of(item), json + "{'id':7}"),
                Arguments.of("maybeText", Optional.of("t"), "200 [Content-Type: text/plain;charset=utf-8] t"),
                Arguments.of(
                        "maybeResponse",
                        Optional.of(Response.status(Status.ACCEPTED).withBody(item)),
                        "202 [Content-Type: application/json] {'id':7}"),
                Arguments.of("response", Response.ok(item), json + "{'id':7}"),
                Arguments.of(
                        "response",
                        Response.created("/i/7", item),
                        "201 [Content-Type: application/json | Location: /i/7] {'id':7}"),
                Arguments.of("response", Response.noContent(), "204 [] "),
                Arguments.of("response", Response.seeOther("/"), "303 [Location: /] "),
                Arguments.of(
                        "response",
                        Response.ok(item).withHeader("content-type", "application/hal+json"),
                        "200 [content-type: application/hal+json] {'id':7}"),
                Arguments.of(
                        "response",
                        Response.ok(item).plusHeader("Set-Cookie", "a=1").plusHeader("Set-Cookie", "b=2"),
                        "200 [Content-Type: application/json | Set-Cookie: a=1 | Set-Cookie: b=2] {'id':7}"),
                Arguments.of("textResponse", Response.ok("t"), "200 [Content-Type: text/plain;charset=utf-8] t"),
                Arguments.of("emptyResponse", Response.status(Status.ACCEPTED), "202 [] "),
                Arguments.of("anyResponse", Response.ok("t"), "200 [Content-Type: text/plain;charset=utf-8] t"),
                Arguments.of("anyResponse", Response.ok(List.of(1)), json + "[1]"),
                Arguments.of("anyResponse", Response.status(Status.NOT_FOUND), "404 [] "),
                Arguments.of("rawResponse", Response.ok(item), json + "{'id':7}"),
                Arguments.of("boundResponse", Response.ok(item), json + "{'id':7}"),
                Arguments.of("maybeInResponse", Response.ok(Optional.of(item)), json + "{'id':7}"),
                Arguments.of(
                        "annotatedResponse",
                        Response.ok(item).withHeader("x-own", "mine"),
                        "200 [Cache-Control: max-age=60 | Content-Type: application/json | x-own: mine] {'id':7}"),
                Arguments.of(
                        "annotatedResponse",
                        Response.of(Status.CONFLICT, Headers.empty(), item),
                        "409 [Content-Type: application/json] {'id':7}"),
                Arguments.of(
                        "annotatedResponse", Response.noContent(), "204 [Cache-Control: max-age=60 | X-Own: route] "),
                Arguments.of("payload", payload, "200 [] p"),
                Arguments.of("image2", payload, "200 [Content-Type: image/png] p"),
                Arguments.of("image2", Payload.NONE, "200 [] "),
                Arguments.of(
                        "problem",
                        problem,
                        "404 [Content-Type: application/problem+json] {'type':'about:blank','title':'Not Found',"
                                + "'status':404,'detail':'x','instance':'/items/7','requestId':'r-42'}"),
                Arguments.of("anything", item, json + "{'id':7}"),
                Arguments.of("anything", "t", "200 [Content-Type: text/plain;charset=utf-8] t"),
                Arguments.of("anything", new byte[] {'b'}, "200 [Content-Type: application/octet-stream] b"),
                Arguments.of("anything", List.of(item), json + "[{'id':7}]"),
                Arguments.of("anything", Optional.of("t"), "200 [Content-Type: text/plain;charset=utf-8] t"),
                Arguments.of(
                        "anything",
                        Response.created("/", "t"),
                        "201 [Content-Type: text/plain;charset=utf-8 | Location: /] t"),
                Arguments.of("anything", payload, "200 [] p"),
                Arguments.of("open", item, json + "{'id':7}"),
                Arguments.of("openArray", new Item[] {item}, json + "[{'id':7}]"));
    }

    @ParameterizedTest
    @MethodSource("results")
    void writes(String method, Object result, String expected) {
        assertEquals(expected, described(write(method, result)));
        assertTrue(problems.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("empties")
    void answersEmptyOptionalAsNotFound(String method, Object result) {
        assertThrows(NotFoundException.class, () -> write(method, result));
    }

    static List<Arguments> empties() {
        return List.of(
                Arguments.of("maybe", Optional.empty()),
                Arguments.of("maybeText", Optional.empty()),
                Arguments.of("maybeResponse", Optional.empty()),
                Arguments.of("maybeInResponse", Response.ok(Optional.empty())),
                Arguments.of("anything", Optional.empty()));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"text", "bytes", "item", "items", "maybe", "response", "payload", "anything"})
    void takesNullForFaultOfTheMethod(String method) {
        var fault = assertThrows(IllegalStateException.class, () -> write(method, null));
        assertEquals(
                "ResultWriterFactoryTest.Methods." + method
                        + "() returned null; return an Optional to answer 404, or Response.noContent()",
                fault.getMessage());
    }

    @Test
    void sharesHeadersOfAllAnswersOfRoute() {
        ResultWriter writer =
                factory.create(ResolvedMethod.of(method(Methods.class, "item"))).orElseThrow();
        Headers first = writer.write(StubRequest.accepting(), new Item(1)).headers();
        assertSame(first, writer.write(StubRequest.accepting(), new Item(2)).headers());
    }

    @Test
    void tellsClassThatCannotBeWrittenWhenItComes() {
        var fault = assertThrows(IllegalStateException.class, () -> write("anything", Reader.nullReader()));
        assertTrue(
                fault.getMessage()
                        .startsWith(
                                "ResultWriterFactoryTest.Methods.anything() returned a value that can't be written"),
                fault.getMessage());
    }

    // ---- a class's @Produces

    @Produces("text/html")
    static final class Pages {
        String page() {
            return "";
        }

        @Produces("text/css")
        String style() {
            return "";
        }

        void nothing() {}
    }

    @Test
    void takesMediaTypeOfClassWhereMethodHasNone() {
        assertEquals(Optional.of("text/html;charset=utf-8"), contentType(Pages.class, "page", ""));
        assertEquals(Optional.of("text/css;charset=utf-8"), contentType(Pages.class, "style", ""));
        assertEquals(Optional.empty(), contentType(Pages.class, "nothing", null));
    }

    private Optional<String> contentType(Class<?> type, String method, Object result) {
        ResultWriter writer =
                factory.create(ResolvedMethod.of(method(type, method))).orElseThrow();
        return writer.write(StubRequest.accepting(), result).headers().first("Content-Type");
    }

    // ---- faults

    interface Faulty {
        @Get
        @dev.bistro.annotation.Status(700)
        String status();

        @dev.bistro.annotation.Status(100)
        String informational();

        @dev.bistro.annotation.Status(204)
        Item bodiless();

        @Header(name = "Cache Control", value = "no-store")
        String headerName();

        @Header(name = "X-A", value = "a\r\nX-B: b")
        String headerValue();

        @Header(name = "Content-Type", value = "text/html")
        String headerContentType();

        @Header(name = "Content-Length", value = "3")
        String headerContentLength();

        @Produces("html")
        String producesNearly();

        @Produces("!?")
        String producesNoType();

        @Produces("text/*")
        String producesRange();

        @Produces("text/html")
        Item producesUnwritten();

        @Produces("text/html;charset=iso-8859-1")
        String producesCharset();

        Reader stream();

        Optional<File> file();

        Response<Future<Item>> future();

        Hidden hidden();

        Feed<Hidden> hiddenFeed();

        @Produces("text/html")
        Feed<Item> feedAsHtml();

        @dev.bistro.annotation.Status(99)
        @Header(name = "", value = "")
        @Produces("x")
        File everything();
    }

    @Test
    void writesAFeedOfWhatOnlyItsResponseCanShow() {
        Feed<Hidden> feed = Feed.create();
        feed.publish(new Hidden());
        FeedResponse<Hidden> shown =
                FeedResponse.of(feed).withItems(item -> "x").withList(page -> List.of("y"));
        assertTrue(described(write("shownFeed", shown)).endsWith("['y']"));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource({
        "invalid-status,status",
        "invalid-status-informational,informational",
        "status-without-body,bodiless",
        "invalid-header-name,headerName",
        "invalid-header-value,headerValue",
        "reserved-header-content-type,headerContentType",
        "reserved-header,headerContentLength",
        "invalid-media-type-near,producesNearly",
        "invalid-media-type,producesNoType",
        "invalid-media-type-range,producesRange",
        "unwritable-result-as,producesUnwritten",
        "unwritable-result-charset,producesCharset",
        "unwritable-result,stream",
        "unwritable-result-file,file",
        "unwritable-result-future,future",
        "unwritable-result-hidden,hidden",
        "unwritable-result-hidden-feed,hiddenFeed",
        "unwritable-result-feed-as,feedAsHtml",
        "result-everything-at-once,everything"
    })
    void reportsFault(String golden, String method) {
        assertEquals(Optional.empty(), factory.create(ResolvedMethod.of(method(Faulty.class, method))));
        Golden.assertGolden(golden, problems);
    }
}
