package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Label;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.QueryParam;
import dev.bistro.annotation.Route;
import dev.bistro.body.FileUpload;
import dev.bistro.body.Form;
import dev.bistro.feed.Feed;
import dev.bistro.http.StreamingBody;
import dev.bistro.wire.Await;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forms as browsers send them, over a socket. */
@Timeout(60)
class FormsTest {
    private static final int SPOOLED = 200_000;

    @TempDir
    static Path uploads;

    @TempDir
    static Path store;

    private static final Feed<String> news = Feed.create();

    private static Server server;

    enum Stock {
        @Label("in-stock")
        IN_STOCK
    }

    record Address(String street, Optional<String> city) {}

    record Order(
            String item,
            @DefaultValue("1") int count,
            Optional<LocalDate> due,
            List<Stock> stock,
            @FormParam Address address) {}

    record Upload(
            @FormParam String title,
            FileUpload file,
            @QueryParam("by") String by) {}

    @Route("/")
    static final class Forms {
        @Post("/fields")
        String fields(@FormParam String name, @FormParam("n") List<Integer> numbers, @DefaultValue("x") String q) {
            return name + " " + numbers + " " + q;
        }

        @Post("/record")
        String record(@FormParam Order order) {
            return order.toString();
        }

        @Post("/body")
        @Consumes("application/x-www-form-urlencoded")
        String body(Order order) {
            return order.toString();
        }

        @Post("/map")
        String map(@FormParam Map<String, List<String>> all) {
            return all.toString();
        }

        @Post("/form")
        String form(Form form) throws IOException {
            return form.fields() + " " + form.files().keySet() + " " + spooled();
        }

        @Post("/file")
        String file(@FormParam String title, FileUpload file, Optional<FileUpload> more) throws IOException {
            return title + " " + file.fileName().orElse("?") + " " + count(file) + " " + more.isPresent() + " "
                    + spooled();
        }

        @Post("/files")
        String files(@FormParam("f") List<FileUpload> files, @FormParam("g") FileUpload[] others) {
            return files.size() + " " + others.length;
        }

        @Post("/bean")
        String bean(@BeanParam Upload upload) {
            return upload.title() + " " + upload.file().size() + " " + upload.by();
        }

        @Post("/move")
        String move(FileUpload file) throws IOException {
            file.moveTo(store.resolve("moved"));
            return "moved " + Files.size(store.resolve("moved"));
        }

        @Post("/fails")
        void fails(FileUpload file) throws IOException {
            throw new IllegalStateException("after " + spooled());
        }

        @Post("/streamed")
        StreamingBody streamed(FileUpload file) {
            return output -> {
                try (InputStream in = file.openStream()) {
                    in.transferTo(output);
                }
            };
        }

        @Post("/later")
        CompletionStage<StreamingBody> later(FileUpload file) {
            return CompletableFuture.supplyAsync(() -> streamed(file));
        }

        @Post("/watched")
        Feed<String> watched(FileUpload file) {
            return news;
        }

        @Post("/both")
        String both(@Body String text) {
            return text;
        }
    }

    private static long count(FileUpload file) throws IOException {
        try (InputStream in = file.openStream()) {
            return in.readAllBytes().length;
        }
    }

    private static long spooled() throws IOException {
        try (Stream<Path> files = Files.list(uploads)) {
            return files.count();
        }
    }

    @BeforeAll
    static void start() {
        server = Bistro.app(FormsTest.class)
                .classes(Forms.class)
                .port(0)
                .set("server.upload-directory", uploads.toString())
                .set("server.max-file-size", "1MiB")
                .set("server.max-form-size", "2MiB")
                .set("server.max-form-parts", "10")
                .set("server.compression", "false")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawClient client() throws IOException {
        return new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }

    private static String post(String target, String contentType, String body) throws IOException {
        try (RawClient client = client()) {
            client.send("POST " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: " + contentType
                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            String response = client.readToEnd();
            return response.startsWith("HTTP/1.1 200 ")
                    ? response.substring(response.indexOf("\r\n\r\n") + 4)
                    : response.substring(9, 12) + " " + response.substring(response.indexOf("\r\n\r\n") + 4);
        }
    }

    private static String urlencoded(String target, String body) throws IOException {
        return post(target, "application/x-www-form-urlencoded", body);
    }

    private static String multipart(String target, String... parts) throws IOException {
        return post(target, "multipart/form-data; boundary=b", body(parts));
    }

    private static String body(String... parts) {
        return "--b\r\n" + String.join("\r\n--b\r\n", parts) + "\r\n--b--\r\n";
    }

    private static String field(String name, String text) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text;
    }

    private static String file(String name, int size) {
        return "Content-Disposition: form-data; name=\"" + name
                + "\"; filename=\"../a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n" + "x".repeat(size);
    }

    /** What is removed after an answer may be removed a moment after the client has it. */
    private static void assertNothingLeft() throws Exception {
        Await.until(() -> spooled() == 0);
    }

    @Test
    void bindsFields() throws IOException {
        assertEquals("A B [1, 2] y", urlencoded("/fields?q=y", "name=A+B&n=1&n=2"));
        assertEquals("A B [1] x", multipart("/fields", field("name", "A B"), field("n", "1")));
    }

    @Test
    void tellsAllFieldsThatAreWrong() throws IOException {
        String response = urlencoded("/fields", "n=x");
        assertTrue(response.startsWith("400 "), response);
        assertTrue(
                response.contains("{\"in\":\"form\",\"name\":\"name\",\"detail\":\"required, but missing\"}"),
                response);
        assertTrue(response.contains("\"name\":\"n\",\"detail\":\"expected an int, but was \\\"x\\\"\""), response);
    }

    @Test
    void bindsRecordsOfFields() throws IOException {
        String order = "Order[item=pen, count=1, due=Optional[2026-11-24], stock=[IN_STOCK], address="
                + "Address[street=Main, city=Optional.empty]]";
        String body = "item=pen&due=2026-11-24&stock=in-stock&street=Main";
        assertEquals(order, urlencoded("/record", body));
        assertEquals(order, urlencoded("/body", body));
        assertTrue(multipart("/body", field("item", "pen")).startsWith("415 "));
        assertTrue(post("/body", "application/json", "{}").contains("send application/x-www-form-urlencoded\""));
    }

    @Test
    void bindsTheWholeForm() throws Exception {
        assertEquals("{b=[2, 3], a=[1]}", urlencoded("/map", "b=2&a=1&b=3"));
        assertEquals("{} [f] 1", multipart("/form", file("f", SPOOLED)));
        assertEquals("{a=[1]} [] 0", urlencoded("/form", "a=1"));
        assertNothingLeft();
    }

    @Test
    void bindsFiles() throws Exception {
        assertEquals("T a.bin 5 false 0", multipart("/file", field("title", "T"), file("file", 5)));
        assertEquals(
                "T a.bin " + SPOOLED + " true 2",
                multipart("/file", field("title", "T"), file("more", SPOOLED), file("file", SPOOLED)));
        assertEquals("2 0", multipart("/files", file("f", 1), file("f", 2)));
        assertEquals("0 1", multipart("/files", file("g", 1)));
        assertEquals("T 7 me", multipart("/bean?by=me", file("file", 7), field("title", "T")));
        assertNothingLeft();
    }

    @Test
    void tellsFilesThatAreMissing() throws IOException {
        assertTrue(multipart("/file", field("title", "T"))
                .contains("\"name\":\"file\",\"detail\":\"required, but missing\""));
        assertTrue(multipart("/file", field("title", "T"), field("file", "text"))
                .contains("\"detail\":\"expected a file, but was a text\""));
        assertTrue(urlencoded("/file", "title=T").startsWith("415 "));
        assertTrue(urlencoded("/file", "title=T").contains("send multipart/form-data"));
    }

    @Test
    void movesFiles() throws Exception {
        assertEquals("moved " + SPOOLED, multipart("/move", file("file", SPOOLED)));
        assertNothingLeft();
        assertEquals(SPOOLED, Files.size(store.resolve("moved")));
    }

    @Test
    void removesFilesAfterAFailure() throws Exception {
        assertTrue(multipart("/fails", file("file", SPOOLED)).startsWith("500 "));
        assertNothingLeft();
        assertTrue(multipart("/file", file("file", SPOOLED)).startsWith("400 "));
        assertNothingLeft();
    }

    @Test
    void filesAreThereUntilAStreamedAnswerWasWritten() throws Exception {
        assertTrue(multipart("/streamed", file("file", SPOOLED)).contains("x".repeat(1_000)));
        assertNothingLeft();
        assertTrue(multipart("/later", file("file", SPOOLED)).contains("x".repeat(1_000)));
        assertNothingLeft();
    }

    @Test
    void filesAreThereUntilALiveAnswerEnds() throws Exception {
        String form = body(file("file", SPOOLED));
        try (RawClient client = client()) {
            client.send("POST /watched HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\nContent-Type: "
                    + "multipart/form-data; boundary=b\r\nContent-Length: " + form.length() + "\r\n\r\n" + form);
            String head = client.readHead();
            assertTrue(head.startsWith("HTTP/1.1 200 "), head);
            assertEquals(1, spooled());
        }
        assertNothingLeft();
    }

    @Test
    void limitsForms() throws Exception {
        assertTrue(multipart("/form", file("f", 1024 * 1024 + 1)).startsWith("413 "));
        assertTrue(multipart("/form", file("f", 1024 * 1024), file("f", 1024 * 1024))
                .startsWith("413 "));
        String[] parts = Stream.generate(() -> field("a", "1")).limit(11).toArray(String[]::new);
        assertTrue(multipart("/form", parts).startsWith("413 "));
        assertTrue(urlencoded("/fields", "name=A&" + "n=1&".repeat(10)).startsWith("413 "));
        assertNothingLeft();
    }

    /** The file is on the disk when the client goes. */
    @Test
    void removesFilesWhenTheClientGoesHalfWay() throws Exception {
        try (RawClient client = client()) {
            client.send("POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                    + "Content-Length: 1000000\r\n\r\n--b\r\n" + file("f", SPOOLED));
            Await.until(() -> spooled() > 0);
            assertEquals(1, spooled());
        }
        assertNothingLeft();
    }

    @Test
    void tellsTheClientWhatIsWrongWithAForm() throws IOException {
        assertTrue(post("/form", "multipart/form-data; boundary=b", "--b\r\nbroken")
                .startsWith("400 "));
        assertTrue(post("/form", "multipart/form-data", "x").contains("has no valid boundary"));
    }

    @Test
    void keepsTheConnectionAfterAForm() throws IOException {
        String body = body(file("f", SPOOLED)) + "epilogue";
        String request =
                "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body;
        try (RawClient client = client()) {
            assertTrue(client.send(request).readResponse().endsWith("{} [f] 1"));
            assertTrue(client.send(request).readResponse().startsWith("HTTP/1.1 200 "));
        }
    }
}
