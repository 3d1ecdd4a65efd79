package dev.bistro.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.CrossOrigin;
import dev.bistro.annotation.Delete;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Options;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.feed.Feed;
import dev.bistro.http.Chain;
import dev.bistro.http.Headers;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.UnauthorizedException;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers to preflights and to requests of other origins, as the Fetch Standard reads them. In the tables, {@code O} is
 * {@code Access-Control-Allow-Origin}, and so on as {@link #FIELDS} has it; what isn't named isn't sent.
 */
@Timeout(60)
class CorsTest {
    private static final Map<String, String> FIELDS = Map.of(
            "access-control-allow-origin", "O",
            "access-control-allow-methods", "M",
            "access-control-allow-headers", "H",
            "access-control-allow-credentials", "C",
            "access-control-max-age", "A",
            "access-control-expose-headers", "E",
            "access-control-allow-private-network", "P",
            "vary", "V");

    private static Server declared;
    private static Server set;
    private static Server limited;
    private static Server without;

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    static final class Application {}

    @Retention(RetentionPolicy.RUNTIME)
    @CrossOrigin(origins = "https://meta.example")
    @interface ForPartners {}

    @CrossOrigin(origins = "https://above.example")
    interface Shared {
        @CrossOrigin(origins = "https://method.example")
        String ofMethod();

        String ofClass();
    }

    @Route("/inherited")
    static final class Inherits implements Shared {
        @Override
        @Get("/method")
        public String ofMethod() {
            return "";
        }

        @Override
        @Get("/class")
        public String ofClass() {
            return "";
        }
    }

    @Route("/items")
    @CrossOrigin(
            origins = {"https://shop.example", "http://shop.example:8080", "https://*.club.example", "app://local"},
            exposed = {"ETag", "X-Total"})
    static final class Items {
        @Get("/{id}")
        String get(String id) {
            return id;
        }

        @Put("/{id}")
        String put(String id) {
            return id;
        }

        @Delete("/{id}")
        @CrossOrigin(origins = "https://admin.example", credentials = true, maxAgeSeconds = 0)
        String delete(String id) {
            return id;
        }

        @Post("/{id}")
        @CrossOrigin(
                origins = "https://shop.example",
                headers = {"X-One", "content-type"},
                privateNetwork = true)
        String post(String id) {
            return id;
        }

        @Get("/own")
        Response<String> own() {
            return Response.ok("own").withHeader("Access-Control-Allow-Origin", "https://own.example");
        }

        @Options("/own")
        Response<String> options() {
            return Response.ok("own options");
        }
    }

    @Route("/")
    static final class Others {
        @Get("/open")
        @CrossOrigin(origins = "*", exposed = "*")
        String open() {
            return "open";
        }

        @Put("/open")
        @CrossOrigin(
                origins = "*",
                methods = {"PUT", "PATCH"})
        String put() {
            return "open";
        }

        @Get("/closed")
        String closed() {
            return "closed";
        }

        @Options("/closed")
        Response<String> options() {
            return Response.ok("own").withHeader("Access-Control-Allow-Origin", "https://own.example");
        }

        @Get("/plain")
        String plain() {
            return "plain";
        }

        @Get("/partners")
        @ForPartners
        String partners() {
            return "";
        }

        @Post("/typed")
        @Consumes("text/plain")
        @CrossOrigin(origins = "https://text.example")
        String text(@Body String text) {
            return "text";
        }

        @Post("/typed")
        @Consumes("application/json")
        @CrossOrigin(origins = "https://json.example")
        String json(@Body Map<String, String> json) {
            return "json";
        }
    }

    /** Stands before everything, as a login does. */
    @Filter
    static final class Login {
        Response<?> filter(Request request, Chain chain) {
            if (request.header("X-Out").isPresent()) {
                throw new UnauthorizedException("Basic realm=\"x\"");
            }
            return chain.proceed();
        }
    }

    @Route("/api")
    static final class Kinds {
        @Get("/text")
        @ETag
        String text() {
            return "text";
        }

        @Get("/see")
        Response<Void> see() {
            return Response.seeOther("/api/text");
        }

        @Get("/stream")
        @Produces("text/plain")
        StreamingBody stream() {
            return output -> output.write('a');
        }

        @Get("/feed")
        Feed<String> feed() {
            Feed<String> feed = Feed.create();
            feed.publish("one");
            feed.close();
            return feed;
        }

        @Get("/later")
        CompletionStage<String> later() {
            return CompletableFuture.supplyAsync(() -> "later");
        }

        @Get("/never")
        CompletionStage<String> never() {
            return new CompletableFuture<>();
        }

        @Get("/fails")
        String fails() {
            throw new IllegalStateException("expected");
        }

        @Post("/body")
        String body(@Body String body) {
            return body;
        }

        @Post("/upload")
        int upload(InputStream body) throws IOException {
            return body.readAllBytes().length;
        }

        @Get("/vary")
        Response<String> vary() {
            return Response.ok("").withHeaders(Headers.of("Vary", "Cookie", "Vary", "origin"));
        }
    }

    @BeforeAll
    static void start() {
        declared = Bistro.app(Application.class)
                .classes(Items.class, Others.class, Inherits.class, Login.class)
                .port(0)
                .start();
        set = Bistro.app(Application.class)
                .classes(Items.class, Others.class, Kinds.class, Login.class)
                .port(0)
                .set("security.cors.origins", "https://set.example, https://also.example")
                .set("security.cors.methods", "GET, PUT")
                .set("security.cors.headers", "X-One")
                .set("security.cors.exposed-headers", "X-Total, ETag")
                .set("security.cors.credentials", "true")
                .set("security.cors.private-network", "true")
                .set("security.cors.max-age", "90s")
                .start();
        limited = Bistro.app(Application.class)
                .classes(Kinds.class, Items.class, Login.class)
                .port(0)
                .set("security.cors.origins", "https://set.example")
                .set("security.cors.paths", "/api/{path*}, /files/{path*}")
                .set("server.max-body-size", "100B")
                .set("server.body-timeout", "100ms")
                .set("server.pending-timeout", "100ms")
                .start();
        without = Bistro.app(Application.class).classes(Kinds.class).port(0).start();
    }

    @AfterAll
    static void stop() {
        List.of(declared, set, limited, without).forEach(Server::close);
    }

    private static String exchange(Server server, String line, String fields) throws IOException {
        String request = line.strip() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + fields.strip()
                        .replace("; ", "\r\n")
                        .replace("ACRM", "Access-Control-Request-Method")
                        .replace("ACRH", "Access-Control-Request-Headers")
                        .replace("ACRP", "Access-Control-Request-Private-Network")
                + (fields.contains("BODY") ? "" : "\r\n\r\n");
        return RawClient.exchange(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                request.replace("BODY ", "").replace("EMPTY", "\r\n\r\n"));
    }

    private static int status(String response) {
        return Integer.parseInt(response.substring(9, 12));
    }

    /** The fields of CORS, by their short names, and each at most once: {@code O=* V=Origin}. */
    private static String fields(String response) {
        var found = new TreeMap<String, String>();
        for (String line : response.split("\r\n\r\n")[0].split("\r\n")) {
            String name = FIELDS.get(line.split(": ")[0].toLowerCase());
            if (name != null) {
                assertEquals(null, found.put(name, line.substring(line.indexOf(": ") + 2)), response);
            }
        }
        return found.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(" "));
    }

    private static void check(Server server, String line, String fields, int status, String expected)
            throws IOException {
        String response = exchange(server, line, fields);
        assertEquals(status, status(response), response);
        assertEquals(expected == null ? "" : expected, fields(response), response);
    }

    /** {@code V=Accept, …} of errors: whether they are pages depends on {@code Accept}. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                // the preflight of a route with an annotation
                "/items/1 | Origin: https://shop.example; ACRM: PUT | 204"
                        + " | A=1800 M=GET, HEAD, PUT O=https://shop.example V=Origin",
                "/items/1 | Origin: https://shop.example; ACRM: GET; ACRH: x-a,x-b | 204"
                        + " | A=1800 H=x-a, x-b M=GET, HEAD, PUT O=https://shop.example V=Origin",
                "/items/1 | Origin: https://shop.example; ACRM: HEAD | 204"
                        + " | A=1800 M=GET, HEAD, PUT O=https://shop.example V=Origin",
                "/items/1 | Origin: http://shop.example:8080; ACRM: PUT | 204"
                        + " | A=1800 M=GET, HEAD, PUT O=http://shop.example:8080 V=Origin",
                "/items/1 | Origin: https://a.club.example; ACRM: PUT | 204"
                        + " | A=1800 M=GET, HEAD, PUT O=https://a.club.example V=Origin",
                "/items/1 | Origin: app://local; ACRM: PUT | 204 | A=1800 M=GET, HEAD, PUT O=app://local V=Origin",
                "/items/1 | Origin: https://SHOP.example; ACRM: PUT | 204"
                        + " | A=1800 M=GET, HEAD, PUT O=https://SHOP.example V=Origin",
                // origins that aren't allowed
                "/items/1 | Origin: https://evil.example; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: http://shop.example; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example:8080; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://club.example; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://a.b.club.example; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://evilclub.example; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://.club.example; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://*.club.example; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example.evil.example; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: null; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example/; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example https://admin.example; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example; Origin: https://shop.example; ACRM: PUT | 403"
                        + " | V=Accept, Origin",
                // our own origin isn't another one, and needs no preflight
                "/items/1 | Origin: http://localhost; ACRM: PUT | 403 | V=Accept, Origin",
                // methods that aren't there, or not for this origin
                "/items/1 | Origin: https://shop.example; ACRM: PATCH | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example; ACRM: put | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example; ACRM: DELETE | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example; ACRM: (; ACRH: x-a | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example; ACRM: GET; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example; ACRM: | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://admin.example; ACRM: PUT | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://admin.example; ACRM: DELETE | 204"
                        + " | A=0 C=true M=DELETE O=https://admin.example V=Origin",
                // headers
                "/items/1 | Origin: https://shop.example; ACRM: POST; ACRH: x-one, Content-Type | 204"
                        + " | A=1800 H=x-one, Content-Type M=POST O=https://shop.example V=Origin",
                "/items/1 | Origin: https://shop.example; ACRM: POST; ACRH: x-one; ACRH: content-type | 204"
                        + " | A=1800 H=x-one, content-type M=POST O=https://shop.example V=Origin",
                "/items/1 | Origin: https://shop.example; ACRM: POST; ACRH: x-two | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example; ACRM: POST; ACRH: x-one,x-two | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example; ACRM: POST; ACRH: authorization | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example; ACRM: PUT; ACRH: a b | 403 | V=Accept, Origin",
                "/items/1 | Origin: https://shop.example; ACRM: PUT; ACRH: | 204"
                        + " | A=1800 M=GET, HEAD, PUT O=https://shop.example V=Origin",
                // private networks
                "/items/1 | Origin: https://shop.example; ACRM: POST; ACRP: true | 204"
                        + " | A=1800 M=POST O=https://shop.example P=true V=Origin",
                "/items/1 | Origin: https://shop.example; ACRM: POST; ACRP: yes | 204"
                        + " | A=1800 M=POST O=https://shop.example V=Origin",
                "/items/1 | Origin: https://shop.example; ACRM: PUT; ACRP: true | 204"
                        + " | A=1800 M=GET, HEAD, PUT O=https://shop.example V=Origin",
                // all origins
                "/open | Origin: https://any.example; ACRM: GET; ACRH: x-a | 204 | A=1800 H=x-a M=GET, HEAD O=*",
                "/open | Origin: null; ACRM: GET | 204 | A=1800 M=GET, HEAD O=*",
                "/open | Origin: https://any.example; ACRM: PUT | 204 | A=1800 M=PUT O=*",
                "/open | Origin: https://any.example; ACRM: PATCH | 403 | V=Accept",
                // before filters
                "/items/1 | Origin: https://shop.example; ACRM: PUT; X-Out: 1 | 204"
                        + " | A=1800 M=GET, HEAD, PUT O=https://shop.example V=Origin",
                "/items/1 | Origin: https://evil.example; ACRM: PUT; X-Out: 1 | 403 | V=Accept, Origin",
                // chosen by media type: each of the handlers may be meant
                "/typed | Origin: https://text.example; ACRM: POST; ACRH: x-a | 204"
                        + " | A=1800 H=x-a M=POST O=https://text.example V=Origin",
                "/typed | Origin: https://json.example; ACRM: POST; ACRH: content-type | 204"
                        + " | A=1800 H=content-type M=POST O=https://json.example V=Origin",
                // inherited, and on an annotation
                "/inherited/method | Origin: https://method.example; ACRM: GET | 204"
                        + " | A=1800 M=GET, HEAD O=https://method.example V=Origin",
                "/inherited/method | Origin: https://above.example; ACRM: GET | 403 | V=Accept, Origin",
                "/inherited/class | Origin: https://above.example; ACRM: GET | 204"
                        + " | A=1800 M=GET, HEAD O=https://above.example V=Origin",
                "/partners | Origin: https://meta.example; ACRM: GET | 204"
                        + " | A=1800 M=GET, HEAD O=https://meta.example V=Origin",
                // nothing is declared: as any other OPTIONS
                "/plain | Origin: https://shop.example; ACRM: GET | 204 | ",
                "/plain | Origin: https://shop.example; ACRM: GET; X-Out: 1 | 401 | V=Accept",
                "/nowhere | Origin: https://shop.example; ACRM: GET | 404 | V=Accept",
                "/closed | Origin: https://shop.example; ACRM: GET | 200 | O=https://own.example",
                "* | Origin: https://shop.example; ACRM: GET | 204 | ",
                // what is no preflight
                "/items/1 | Origin: https://shop.example | 204 | E=ETag, X-Total O=https://shop.example V=Origin",
                "/items/1 | ACRM: PUT | 204 | V=Origin",
                "/items/own | Origin: https://shop.example | 200"
                        + " | E=ETag, X-Total O=https://shop.example V=Origin",
                // a path with a route of its own for OPTIONS
                "/items/own | Origin: https://shop.example; ACRM: GET | 204"
                        + " | A=1800 M=GET, HEAD, OPTIONS, PUT O=https://shop.example V=Origin",
            })
    void answersOptions(String path, String fields, int status, String expected) throws IOException {
        check(declared, "OPTIONS " + path, fields, status, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "GET /items/1     | Origin: https://shop.example"
                        + " | 200 | E=ETag, X-Total O=https://shop.example V=Origin",
                "HEAD /items/1    | Origin: https://shop.example"
                        + " | 200 | E=ETag, X-Total O=https://shop.example V=Origin",
                "GET /items/1     | Origin: https://evil.example  | 200 | V=Origin",
                "GET /items/1     | Origin: null                  | 200 | V=Origin",
                "GET /items/1     | X-No: 1                       | 200 | V=Origin",
                "GET /items/1     | Origin: http://localhost      | 200 | V=Origin",
                "DELETE /items/1  | Origin: https://admin.example | 200 | C=true O=https://admin.example V=Origin",
                "DELETE /items/1  | Origin: https://shop.example  | 403 | V=Accept, Origin",
                "GET /items/own   | Origin: https://shop.example  | 200 | O=https://own.example V=Origin",
                "GET /open        | Origin: https://any.example   | 200 | E=* O=*",
                "GET /open        | Origin: null                  | 200 | E=* O=*",
                "GET /open        | X-No: 1                       | 200 | E=* O=*",
                "GET /plain       | Origin: https://shop.example  | 200 | ",
                "GET /files/none  | Origin: https://shop.example  | 404 | V=Accept",
                "GET /items/1     | Origin: https://shop.example; X-Out: 1"
                        + " | 401 | E=ETag, X-Total O=https://shop.example V=Accept, Origin",
                "PATCH /items/1   | Origin: https://shop.example"
                        + " | 405 | E=ETag, X-Total O=https://shop.example V=Accept, Origin",
                "PATCH /items/1   | Origin: https://admin.example"
                        + " | 405 | C=true O=https://admin.example V=Accept, Origin",
                "POST /typed      | Origin: https://text.example; Content-Type: a/b; Content-Length: 0"
                        + " | 415 | O=https://text.example V=Accept, Origin",
                "POST /typed      | Origin: https://json.example; Content-Type: text/plain; Content-Length: 0"
                        + " | 403 | V=Accept, Origin",
                "GET /nowhere     | Origin: https://shop.example  | 404 | V=Accept",
            })
    void answersOtherRequests(String line, String fields, int status, String expected) throws IOException {
        check(declared, line, fields, status, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "OPTIONS /plain | Origin: https://set.example; ACRM: GET; ACRH: x-one; ACRP: true | 204"
                        + " | A=90 C=true H=x-one M=GET, HEAD O=https://set.example P=true V=Origin",
                "OPTIONS /plain | Origin: https://also.example; ACRM: GET | 204"
                        + " | A=90 C=true M=GET, HEAD O=https://also.example V=Origin",
                "OPTIONS /plain | Origin: https://set.example; ACRM: POST | 403 | V=Accept, Origin",
                "OPTIONS /plain | Origin: https://set.example; ACRM: GET; ACRH: x-two | 403 | V=Accept, Origin",
                "OPTIONS /typed | Origin: https://set.example; ACRM: POST | 403 | V=Accept, Origin",
                "OPTIONS /files/a | Origin: https://set.example; ACRM: GET | 204"
                        + " | A=90 C=true M=GET, HEAD O=https://set.example V=Origin",
                "OPTIONS /nowhere | Origin: https://set.example; ACRM: GET; X-Out: 1 | 404 | V=Accept, Origin",
                // the annotation counts, and not the settings
                "OPTIONS /items/1 | Origin: https://set.example; ACRM: GET | 403 | V=Accept, Origin",
                "GET /items/1 | Origin: https://set.example | 200 | V=Origin",
                "OPTIONS /open | Origin: https://set.example; ACRM: GET | 204 | A=1800 M=GET, HEAD O=*",
                "GET /plain | Origin: https://set.example | 200"
                        + " | C=true E=X-Total, ETag O=https://set.example V=Origin",
                "GET /nowhere | Origin: https://set.example | 404"
                        + " | C=true E=X-Total, ETag O=https://set.example V=Accept, Origin",
                "GET /%zz | Origin: https://set.example | 400"
                        + " | C=true E=X-Total, ETag O=https://set.example V=Accept, Origin",
                "POST /plain | Origin: https://set.example; Content-Length: 0 | 403 | V=Accept, Origin",
                "OPTIONS * | Origin: https://set.example; ACRM: GET | 204 | V=Origin",
            })
    void takesWhatTheSettingsSay(String line, String fields, int status, String expected) throws IOException {
        check(set, line, fields, status, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/text, 200",
        "GET /files/index.html, 200",
        "GET /items/1, 200",
        "GET /nowhere, 404",
        "GET /api/nowhere, 404",
        "GET /apis/text, 404",
        "GET /api, 404",
        "GET /api/..%2Fitems, 404"
    })
    void isOnlyForThePathsOfTheSettings(String line, int status) throws IOException {
        String response = exchange(limited, line, "Origin: https://set.example");
        boolean isThere = line.matches("GET /(api(/.*)?|files/.*)");
        assertEquals(isThere, fields(response).contains("O=https://set.example"), response);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "GET /api/text      | X-No: 1                                             | 200",
                "HEAD /api/text     | X-No: 1                                             | 200",
                "GET /api/text      | If-None-Match: *                                    | 304",
                "GET /api/see       | X-No: 1                                             | 303",
                "GET /api/stream    | X-No: 1                                             | 200",
                "GET /api/feed      | Accept: text/event-stream                           | 200",
                "GET /api/later     | X-No: 1                                             | 200",
                "GET /api/never     | X-No: 1                                             | 503",
                "GET /api/fails     | X-No: 1                                             | 500",
                "GET /api/nowhere   | X-No: 1                                             | 404",
                "DELETE /api/text   | X-No: 1                                             | 405",
                "OPTIONS /api/text  | X-No: 1                                             | 204",
                "GET /api/text      | X-Out: 1                                            | 401",
                "GET /api/text      | Expect: magic                                       | 417",
                "POST /api/body     | Content-Length: 101                                 | 413",
                "POST /api/body     | Content-Length: 5                                   | 408",
                "POST /api/body     | Transfer-Encoding: chunked; BODY EMPTYzz            | 400",
                "POST /api/body     | Content-Encoding: br; Content-Length: 0             | 415",
                "POST /api/upload   | Content-Length: 5                                   | 408",
                "GET /files/index.html  | X-No: 1                                             | 200",
                "GET /files/index.html  | If-None-Match: *                                    | 304",
                "GET /files/index.html  | Range: bytes=0-0                                    | 206",
                "GET /files/nowhere | X-No: 1                                             | 404",
            })
    void letsAPageReadAnswersOfAllKinds(String line, String fields, int status) throws IOException {
        String response = exchange(limited, line, "Origin: https://set.example; " + fields.strip());
        assertEquals(status, status(response), response);
        assertTrue(fields(response).contains("O=https://set.example"), response);
        assertTrue(fields(response).matches(".*V=(.*, )?Origin(, .*)?"), response);
        String other = exchange(limited, line, "Origin: https://set.example.evil.example; " + fields.strip());
        assertTrue(!fields(other).contains("O="), other);
        assertTrue(fields(other).matches(".*V=(.*, )?Origin(, .*)?"), other);
    }

    @Test
    void namesOriginInVaryOnce() throws IOException {
        String response = exchange(limited, "GET /api/vary", "Origin: https://set.example");
        assertTrue(response.contains("Vary: Cookie\r\nVary: origin\r\n"), response);
        assertTrue(!response.contains("Origin\r\n"), response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/text", "GET /api/nowhere", "GET /files/index.html", "OPTIONS /api/text"})
    void addsNothingWhereNothingIsDeclared(String line) throws IOException {
        String response = exchange(without, line, "Origin: https://set.example; ACRM: GET");
        assertTrue(!response.contains("Access-Control-") && !response.contains("Origin"), response);
    }
}
