package dev.bistro.sample.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.startup.StartupException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole chat, over a real socket. */
@Timeout(120)
class ChatEndToEndTest {
    private static final Pattern MESSAGE =
            Pattern.compile("\\{\"id\":\"([^\"]+)\",\"user\":\"([^\"]*)\",\"text\":\"(.*?)\",\"time\":\"([^\"]+)\"}");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient client = HttpClient.newHttpClient();
    private Server chat;

    @BeforeEach
    void open() {
        chat = chat().start();
    }

    private static BistroBuilder chat() {
        return Bistro.app(ChatApplication.class)
                .port(0)
                .set("chat.history", "3")
                .set("chat.rooms", "2");
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private HttpRequest.Builder request(String path, String accept) {
        var request = HttpRequest.newBuilder(URI.create(chat.uri() + path));
        return accept.isEmpty() ? request : request.header("Accept", accept);
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        return client.send(request(path, accept).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return client.send(
                request(path, "")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private String say(String path, String text) throws Exception {
        HttpResponse<String> response = post(path, "application/json", "{\"user\":\"Ann\",\"text\":\"" + text + "\"}");
        assertEquals(201, response.statusCode(), response.body());
        Matcher message = MESSAGE.matcher(response.body());
        assertTrue(message.matches(), response.body());
        return message.group(1);
    }

    private static String header(String name, HttpResponse<?> response) {
        return response.headers().firstValue(name).orElse("");
    }

    private static List<String> texts(String body) {
        return MESSAGE.matcher(body).results().map(message -> message.group(3)).toList();
    }

    // ---- saying something

    @Test
    void takesJsonAndForms() throws Exception {
        Instant before = Instant.now();
        for (var body : Map.of(
                        "application/json",
                        "{\"user\":\" Ann \",\"text\":\" Grüße, 1 + 1 = 2 \"}",
                        FORM,
                        "user=+Ann&text=Gr%C3%BC%C3%9Fe%2C+1+%2B+1+%3D+2")
                .entrySet()) {
            HttpResponse<String> response = post("/messages", body.getKey(), body.getValue());
            assertEquals(201, response.statusCode());
            assertEquals("application/json", header("Content-Type", response));
            Matcher message = MESSAGE.matcher(response.body());
            assertTrue(message.matches(), response.body());
            assertEquals("Ann", message.group(2));
            assertEquals("Grüße, 1 + 1 = 2", message.group(3));
            assertFalse(Instant.parse(message.group(4)).isBefore(before));
        }
    }

    @Test
    void namesTheNameless() throws Exception {
        for (String body :
                List.of("{\"text\":\"x\"}", "{\"user\":\" \",\"text\":\"x\"}", "{\"user\":null,\"text\":\"x\"}")) {
            assertTrue(post("/messages", "application/json", body).body().contains("\"user\":\"Anonymous\""));
        }
        for (String body : List.of("text=x", "user=&text=x")) {
            assertTrue(post("/messages", FORM, body).body().contains("\"user\":\"Anonymous\""));
        }
    }

    @Test
    void refusesWhatIsNoMessage() throws Exception {
        var bad = Map.of(
                "{",
                400,
                "[]",
                422,
                "{\"user\":\"Ann\"}",
                422,
                "{\"text\":7}",
                422,
                "{\"text\":\" \"}",
                422,
                "{\"text\":\"a\\u0000b\"}",
                422,
                "{\"text\":\"" + "x".repeat(2001) + "\"}",
                422,
                "{\"text\":\"x\",\"user\":\"" + "x".repeat(41) + "\"}",
                422,
                "{\"text\":\"x\",\"user\":\"a\\nb\"}",
                422);
        for (var body : bad.entrySet()) {
            HttpResponse<String> response = post("/messages", "application/json", body.getKey());
            assertEquals(body.getValue(), response.statusCode(), body.getKey());
            assertEquals("application/problem+json", header("Content-Type", response));
        }
        assertEquals(400, post("/messages", FORM, "user=Ann").statusCode());
        assertEquals(422, post("/messages", FORM, "text=+").statusCode());
        assertEquals(415, post("/messages", "text/plain", "x").statusCode());
        assertTrue(get("/messages", "application/json").body().startsWith("{\"messages\":[],\"count\":0,"));
    }

    // ---- reading

    @Test
    void keepsTheNewestMessages() throws Exception {
        for (int i = 1; i <= 5; i++) {
            say("/messages", "number " + i);
        }
        HttpResponse<String> response = get("/messages", "application/json");
        assertEquals("application/json", header("Content-Type", response));
        assertEquals(List.of("number 3", "number 4", "number 5"), texts(response.body()));
        assertTrue(response.body().contains("],\"count\":3,\"next\":\""), response.body());
    }

    @Test
    void givesAPageToPeopleAndToWhoAsksForNothing() throws Exception {
        say("/messages", "<i>5 < 6</i> & 'so'");
        for (String accept : List.of("", "*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")) {
            HttpResponse<String> response = get("/messages", accept);
            assertEquals("text/html;charset=utf-8", header("Content-Type", response));
            assertTrue(header("Vary", response).contains("Accept"));
            assertFalse(header("Content-Security-Policy", response).contains("unsafe"));
            assertTrue(
                    response.body().contains("<b>Ann</b>")
                            && response.body().contains("<p>&lt;i&gt;5 &lt; 6&lt;/i&gt; &amp; &#39;so&#39;</p>"),
                    response.body());
        }
        assertEquals(406, get("/messages", "image/png").statusCode());
    }

    @Test
    void answersALongPollWhenSomethingIsSaid() throws Exception {
        String since = say("/messages", "before");
        CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(
                request("/messages?since=" + since + "&wait=40", "").build(), BodyHandlers.ofString());
        say("/messages", "now");
        String body = waiting.get(60, TimeUnit.SECONDS).body();
        assertEquals(List.of("now"), texts(body));
        assertTrue(body.endsWith(",\"reset\":false}"), body);
        String nothing =
                get("/messages?wait=1&since=" + since(body), "application/json").body();
        assertEquals("{\"messages\":[],\"count\":0,\"next\":\"" + since(body) + "\",\"reset\":false}", nothing);
        assertTrue(get("/messages?since=zzz.1&wait=40", "").body().endsWith(",\"reset\":true}"));
    }

    private static String since(String list) {
        return list.replaceAll(".*\"next\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void streamsEventsAndLines() throws Exception {
        String first = say("/messages", "one");
        for (String type : List.of("text/event-stream", "application/x-ndjson")) {
            var response = client.send(request("/messages", type).build(), BodyHandlers.ofInputStream());
            assertEquals(type, header("Content-Type", response));
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                assertEquals(first, nextMessage(lines).group(1));
                String said = say("/rooms/other/messages", "elsewhere");
                assertFalse(said.isEmpty());
                String second = say("/messages", "two");
                Matcher message = nextMessage(lines);
                while (!message.group(1).equals(second)) {
                    message = nextMessage(lines); // what was said to the other stream
                }
                assertEquals("two", message.group(3));
            }
        }
    }

    private static Matcher nextMessage(BufferedReader lines) throws Exception {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher message = MESSAGE.matcher(line.startsWith("data: ") ? line.substring(6) : line);
            if (message.matches()) {
                return message;
            }
        }
        throw new AssertionError("The stream has ended");
    }

    // ---- WebSocket

    /** A client of the JDK, with the text messages that came. */
    private static final class Socket implements WebSocket.Listener, AutoCloseable {
        private final BlockingQueue<String> came = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                came.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        String next() throws InterruptedException {
            String message = came.poll(60, TimeUnit.SECONDS);
            assertNotNull(message, "nothing came");
            return message;
        }

        void send(String text) {
            socket.sendText(text, true).join();
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private Socket socket(String path) {
        var socket = new Socket();
        socket.socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + chat.port() + path), socket)
                .join();
        return socket;
    }

    @Test
    void speaksWebSocket() throws Exception {
        String first = say("/messages", "one");
        String second = say("/messages", "two");
        try (Socket all = socket("/ws");
                Socket later = socket("/ws?since=" + first)) {
            assertEquals(List.of("one", "two"), texts(all.next() + all.next()));
            assertEquals(List.of("two"), texts(later.next()));
            all.send("{\"user\":\"Bob\",\"text\":\"three\"}");
            String three = all.next();
            assertTrue(three.contains("\"user\":\"Bob\",\"text\":\"three\""), three);
            assertEquals(three, later.next());
            assertEquals(
                    List.of("three"),
                    texts(get("/messages?since=" + second, "application/json").body()));
            say("/messages", "four");
            assertEquals(List.of("four"), texts(all.next()));
        }
    }

    @Test
    void tellsASessionWhatItCannotSayAndWhatItHasMissed() throws Exception {
        say("/messages", "one");
        try (Socket socket = socket("/ws?since=zzz.1")) {
            assertTrue(socket.next().matches("\\{\"id\":\"[^\"]+\",\"event\":\"reset\"}"));
            assertEquals(List.of("one"), texts(socket.next()));
            socket.send("{\"text\":\" \"}");
            assertEquals(
                    "{\"event\":\"refusal\",\"detail\":\"The message is not valid\","
                            + "\"errors\":[\"/text: must have 1 to 2000 characters, and no control characters\"]}",
                    socket.next());
            socket.send("{");
            assertTrue(socket.next().startsWith("{\"event\":\"refusal\",\"detail\":\"Malformed JSON"));
            socket.send("{\"text\":\"still here\"}");
            assertEquals(List.of("still here"), texts(socket.next()));
        }
    }

    @Test
    void deliversAllOnceAndInOrderWhileManyTalk() throws Exception {
        chat.close();
        chat = chat().set("chat.history", "1000").start();
        try (Socket one = socket("/ws/many");
                Socket two = socket("/ws/many")) {
            for (int i = 0; i < 100; i++) {
                one.send("{\"user\":\"one\",\"text\":\"" + i + "\"}");
                two.send("{\"user\":\"two\",\"text\":\"" + i + "\"}");
            }
            var heard = new ArrayList<String>();
            for (int i = 0; i < 200; i++) {
                String message = one.next();
                assertEquals(message, two.next());
                heard.add(message);
            }
            for (String user : List.of("one", "two")) {
                assertEquals(
                        IntStream.range(0, 100).mapToObj(String::valueOf).toList(),
                        heard.stream()
                                .filter(message -> message.contains("\"user\":\"" + user))
                                .flatMap(message -> texts(message).stream())
                                .toList());
            }
            assertTrue(texts(get("/messages", "application/json").body()).isEmpty());
        }
    }

    // ---- rooms

    @Test
    void keepsRoomsApart() throws Exception {
        say("/messages", "in the lobby");
        say("/rooms/k%C3%BCche/messages", "in the kitchen");
        assertEquals(
                List.of("in the lobby"),
                texts(get("/messages", "application/json").body()));
        assertEquals(
                List.of("in the kitchen"),
                texts(get("/rooms/k%C3%BCche/messages", "application/json").body()));
        assertTrue(get("/rooms/k%C3%BCche/messages", "").body().contains("<h1>Messages in küche</h1>"));
        for (String name : List.of("%3Cb%3E", "a%2Fb", "a%20b", "")) {
            assertEquals(404, get("/rooms/" + name + "/messages", "").statusCode(), name);
        }
    }

    @Test
    void hasOnlySoManyRooms() throws Exception {
        say("/rooms/a/messages", "kept");
        for (int i = 0; i < 10; i++) {
            get("/rooms/visited" + i + "/messages", "application/json");
        }
        assertEquals(
                List.of("kept"),
                texts(get("/rooms/a/messages", "application/json").body()));
        var one = client.send(request("/rooms/a/messages", "text/event-stream").build(), BodyHandlers.ofInputStream());
        var two = client.send(request("/rooms/b/messages", "text/event-stream").build(), BodyHandlers.ofInputStream());
        assertEquals(409, get("/rooms/c/messages", "application/json").statusCode());
        one.body().close();
        two.body().close();
    }

    // ---- settings, and the page

    @Test
    void refusesSettingsThatMakeNoSense() {
        StartupException fault = assertThrows(
                StartupException.class, () -> chat().set("chat.history", "0").start());
        assertTrue(fault.getMessage().contains("history has to be from 1"), fault.getMessage());
    }

    @Test
    void servesThePageAndWhatBelongsToIt() throws Exception {
        HttpResponse<String> page = get("/", "text/html");
        assertEquals("text/html;charset=utf-8", header("Content-Type", page));
        String policy = header("Content-Security-Policy", page);
        assertTrue(policy.startsWith("default-src 'none';") && !policy.contains("unsafe"), policy);
        Matcher own = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"").matcher(page.body());
        int count = 0;
        for (; own.find(); count++) {
            HttpResponse<String> file = get(own.group(1), "");
            assertEquals(200, file.statusCode(), own.group(1));
            assertFalse(file.body().contains("innerHTML"));
        }
        assertEquals(3, count);
        assertFalse(page.body().contains("://"), "nothing from elsewhere");
    }
}
