package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.RouteInfo;
import dev.bistro.Server;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Patch;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.wire.RawClient;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Which of several methods answers a request, and with which media type (RFC 9110, section 12), over a socket. */
@Timeout(60)
class NegotiationTest {
    private static Server server;

    record Item(String name, int count) {}

    @Route("/")
    static final class Items {
        // JSON, a page or CSV, by three methods
        @Get("/items")
        List<Item> list() {
            return List.of(new Item("pen", 2));
        }

        @Get("/items")
        @Produces("text/html")
        String page() {
            return "<p>pen";
        }

        @Get("/items")
        @Produces("text/csv")
        @Header(name = "Vary", value = "Cookie")
        List<Item> csv() {
            return list();
        }

        // in several media types, by one method
        @Get("/several")
        @Produces({"text/csv", "application/json"})
        List<Item> several() {
            return list();
        }

        @Get("/later")
        @Produces({"text/plain", "text/html"})
        CompletionStage<String> later() {
            return CompletableFuture.completedFuture("later");
        }

        @Get("/one")
        Item one() {
            return new Item("pen", 1);
        }

        @Get("/any")
        @Produces({"application/json", "text/plain"})
        String any(Request request) {
            throw new BadRequestException("as asked");
        }

        // by what is sent
        @Post("/items")
        String add(Item item) {
            return "json " + item;
        }

        @Post("/items")
        @Consumes("application/vnd.shop+json")
        String addOfShop(Item item) {
            return "shop " + item;
        }

        @Post("/items")
        @Consumes("text/*")
        String addText(@dev.bistro.annotation.Body String text) {
            return "text " + text;
        }

        @Post("/items")
        @Consumes("application/x-www-form-urlencoded")
        String addForm(Item item) {
            return "form " + item;
        }

        // by both
        @Patch("/items")
        @Consumes("application/merge-patch+json")
        Item merge(Item item) {
            return item;
        }

        @Patch("/items")
        @Consumes("application/merge-patch+json")
        @Produces("text/plain")
        String mergeToText(Item item) {
            return "merged";
        }

        @Patch("/items")
        @Consumes("text/csv")
        Item patch(List<Item> items) {
            return items.get(0);
        }

        // whatever is sent, and what isn't read by a codec
        @Post("/fallback")
        String raw(InputStream body) throws IOException {
            return "raw " + body.readAllBytes().length;
        }

        @Post("/fallback")
        @Consumes("application/json")
        String json(Item item) {
            return "json";
        }

        @Put("/image")
        @Consumes("image/*")
        String image(InputStream body) throws IOException {
            return "image " + body.readAllBytes().length;
        }

        @Post("/csv")
        int count(List<Item> items) {
            return items.size();
        }
    }

    /** Lines of {@code name,count}; found by injection as converters are. */
    static final class CsvCodec implements BodyCodec {
        private final Separator separator;

        @Inject
        CsvCodec(Separator separator) {
            this.separator = separator;
        }

        static final class Separator {
            @Inject
            Separator() {}

            @Override
            public String toString() {
                return ",";
            }
        }

        @Override
        public List<MediaType> mediaTypes() {
            return List.of(MediaType.parse("text/csv;charset=utf-8"));
        }

        private static boolean isItems(Type type) {
            return type instanceof ParameterizedType p
                    && p.getRawType() == List.class
                    && p.getActualTypeArguments()[0] == Item.class;
        }

        @Override
        public Optional<BodyReader> reader(Type type) {
            return isItems(type)
                    ? Optional.of((body, mediaType) -> new String(body, StandardCharsets.UTF_8)
                            .lines()
                            .map(this::item)
                            .toList())
                    : Optional.empty();
        }

        private Item item(String line) {
            String[] cells = line.split(separator.toString());
            if (cells.length != 2) {
                throw new BadRequestException("A line of the CSV hasn't two cells");
            }
            return new Item(cells[0], Integer.parseInt(cells[1]));
        }

        @Override
        public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
            return isItems(type)
                    ? Optional.of(value -> ((List<?>) value)
                            .stream()
                                    .map(Item.class::cast)
                                    .map(item -> item.name() + separator + item.count() + "\n")
                                    .collect(Collectors.joining())
                                    .getBytes(StandardCharsets.UTF_8))
                    : Optional.empty();
        }
    }

    private static final String ACCEPTED = """
            GET /items      |                                              | 200 application/json       | Accept
            GET /items      | */*                                          | 200 application/json       | Accept
            GET /items      | application/json                             | 200 application/json       | Accept
            GET /items      | text/html                                    | 200 text/html;charset=utf-8 | Accept
            GET /items      | TEXT/HTML; charset=utf-8                     | 200 text/html;charset=utf-8 | Accept
            GET /items      | text/csv                                     | 200 text/csv;charset=utf-8 | Cookie, Accept
            GET /items      | text/*                                       | 200 text/csv;charset=utf-8 | Cookie, Accept
            GET /items      | text/*, text/csv;q=0.1                       | 200 text/html;charset=utf-8 | Accept
            GET /items      | text/html;q=0.5, application/json;q=0.4      | 200 text/html;charset=utf-8 | Accept
            GET /items      | text/html;q=0.5, */*;q=0.4                   | 200 text/html;charset=utf-8 | Accept
            GET /items      | text/html, */*                               | 200 text/html;charset=utf-8 | Accept
            GET /items      | text/html;q=0, text/csv;q=0, */*             | 200 application/json       | Accept
            GET /items      | application/json;q=0, */*;q=0.1              | 200 text/csv;charset=utf-8 | Cookie, Accept
            GET /items      | application/json;q=0, text/csv;q=0, */*      | 200 text/html;charset=utf-8 | Accept
            GET /items      | text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8 | 200\s\
            text/html;charset=utf-8 | Accept
            GET /items      | image/png                                    | 406 application/problem+json | Accept
            GET /items      | image/png, */*;q=0                           | 406 application/problem+json | Accept
            GET /items      | text/html;q=0, text/csv;q=0, application/json;q=0 | 406 application/problem+json | Accept
            GET /items      | nonsense                                     | 200 application/json       | Accept
            HEAD /items     | text/html                                    | 200 text/html;charset=utf-8 | Accept
            GET /several    | */*                                          | 200 text/csv;charset=utf-8 | Accept
            GET /several    | application/json                             | 200 application/json       | Accept
            GET /several    | text/html                                    | 406 text/html;charset=utf-8  | Accept
            GET /later      | text/html                                    | 200 text/html;charset=utf-8 | Accept
            GET /one        | text/html                                    | 200 application/json       |
            GET /any        | text/plain                                   | 400 application/problem+json | Accept
            """;

    private static final String SENT = """
            POST /items     | application/json             | {"name":"a","count":1} | 200 json Item[name=a, count=1]
            POST /items     | application/json;charset=utf-8 | {"name":"a","count":1} | 200 json Item[name=a, count=1]
            POST /items     | application/hal+json         | {"name":"a","count":1} | 200 json Item[name=a, count=1]
            POST /items     | application/vnd.shop+json    | {"name":"a","count":1} | 200 shop Item[name=a, count=1]
            POST /items     | text/plain                   | hello                  | 200 text hello
            POST /items     | application/x-www-form-urlencoded | name=a&count=1    | 200 form Item[name=a, count=1]
            POST /items     | image/png                    | x                      | 415 Accept-Post: application/json
            POST /items     |                              | x                      | 415 Accept-Post: application/json
            POST /items     | nonsense                     | x                      | 415 Accept-Post: application/json
            PATCH /items    | text/csv                     | a,1                    | 200 {"name":"a","count":1}
            PATCH /items    | application/merge-patch+json | {"name":"a","count":1} | 200 {"name":"a","count":1}
            PATCH /items    | application/json             | {}                     | 415 Accept-Patch:\s\
            application/merge-patch+json, text/csv
            POST /fallback  | application/json             | {"name":"a","count":1} | 200 json
            POST /fallback  | image/png                    | abc                    | 200 raw 3
            POST /fallback  |                              | abc                    | 200 raw 3
            PUT /image      | image/png                    | abc                    | 200 image 3
            PUT /image      |                              |                        | 200 image 0
            PUT /image      |                              | abc                    | 415 Accept: image/*
            PUT /image      | text/plain                   | abc                    | 415 Accept: image/*
            POST /csv       | text/csv                     | a,1                    | 200 1
            POST /csv       | application/json             | []                     | 200 0
            POST /csv       | text/csv                     | a                      | 400 A line of the CSV\s\
            hasn't two cells
            POST /csv       | text/plain                   | a,1                    | 415 Accept-Post:\s\
            application/json, application/*+json, text/csv;charset=utf-8
            """;

    @BeforeAll
    static void start() {
        server = Bistro.app(NegotiationTest.class)
                .classes(Items.class, CsvCodec.class)
                .port(0)
                .set("server.compression", "false")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String exchange(String request, String headers, String body) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        return RawClient.exchange(
                address, request + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + length + "\r\n" + body);
    }

    private static String header(String response, String name) {
        return Arrays.stream(response.substring(0, response.indexOf("\r\n\r\n")).split("\r\n"))
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .collect(Collectors.joining(" and "));
    }

    @TestFactory
    Stream<DynamicTest> byWhatIsAccepted() {
        return ACCEPTED.lines()
                .map(line -> line.split("\\s*\\|\\s*", -1))
                .map(row -> DynamicTest.dynamicTest(row[0] + " " + row[1], () -> {
                    String response = exchange(row[0], row[1].isEmpty() ? "" : "Accept: " + row[1] + "\r\n", "");
                    assertEquals(row[2], response.substring(9, 12) + " " + header(response, "Content-Type"));
                    assertEquals(row[3], header(response, "Vary"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> byWhatIsSent() {
        return SENT.lines()
                .map(line -> line.split("\\s*\\|\\s*", -1))
                .map(row -> DynamicTest.dynamicTest(row[0] + " " + row[1], () -> {
                    String response =
                            exchange(row[0], row[1].isEmpty() ? "" : "Content-Type: " + row[1] + "\r\n", row[2]);
                    assertEquals(row[3].substring(0, 3), response.substring(9, 12), response);
                    assertTrue(response.contains(row[3].substring(4)), response);
                }));
    }

    @Test
    void saysWhatThereIs() throws IOException {
        assertTrue(exchange("GET /items", "Accept: image/png\r\n", "")
                .contains("\"detail\":\"This is here as application/json or text/csv;charset=utf-8 or "
                        + "text/html;charset=utf-8 only\""));
        assertTrue(exchange("POST /items", "Content-Type: image/png\r\n", "x")
                .contains("A body of type image/png isn't read here; send application/json or "));
    }

    @Test
    void choosesByWhatIsSentFirst() throws IOException {
        String merge = "Content-Type: application/merge-patch+json\r\n";
        String item = "{\"name\":\"a\",\"count\":1}";
        assertTrue(
                exchange("PATCH /items", merge + "Accept: text/plain\r\n", item).endsWith("merged"));
        assertTrue(
                exchange("PATCH /items", merge + "Accept: image/png\r\n", item).startsWith("HTTP/1.1 406 "));
        assertTrue(exchange("PATCH /items", "Content-Type: text/csv\r\nAccept: image/png\r\n", "a,1")
                .startsWith("HTTP/1.1 200 "));
        assertEquals("", header(exchange("PATCH /items", "Content-Type: text/csv\r\n", "a,1"), "Vary"));
    }

    @Test
    void optionsTellWhatIsRead() throws IOException {
        String response = exchange("OPTIONS /items", "", "");
        assertTrue(header(response, "Accept-Post").startsWith("application/json, "), response);
        assertEquals("application/merge-patch+json, text/csv", header(response, "Accept-Patch"));
        assertFalse(exchange("OPTIONS /one", "", "").contains("Accept-P"));
    }

    @Test
    void listsEachMethodOnce() {
        List<String> handlers = server.routes().stream()
                .filter(route ->
                        route.method().equals(Method.GET) && route.path().equals("/items"))
                .map(RouteInfo::handler)
                .toList();
        assertEquals(
                List.of("NegotiationTest.Items.list()", "NegotiationTest.Items.csv()", "NegotiationTest.Items.page()"),
                handlers);
    }
}
