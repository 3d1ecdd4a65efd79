package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedItem;
import dev.bistro.feed.FeedResponse;
import dev.bistro.feed.FeedSettings;
import dev.bistro.wire.Await;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A feed that a controller returns, as clients see it. */
@Timeout(60)
class FeedResultsTest {
    record Price(String of, int cents) {}

    record Shown(String id, String text) {}

    record ShownList(List<Shown> shown, int count) {}

    private static final FeedSettings SETTINGS =
            FeedSettings.DEFAULTS.withHistory(3).withHeartbeat(Duration.ofSeconds(10));

    @Route("/")
    static final class Prices {
        private final Feed<Price> prices = Feed.create(SETTINGS);
        private final Feed<String> texts = Feed.create(SETTINGS);
        private final Feed<String> quiet =
                Feed.create(SETTINGS.withHeartbeat(Duration.ofMillis(1)).withMaxWait(Duration.ofMillis(1)));

        @Get("/prices")
        Feed<Price> prices() {
            return prices;
        }

        @Get("/both")
        @Produces({"application/json", "text/event-stream"})
        Feed<Price> both() {
            return prices;
        }

        @Get("/shown")
        FeedResponse<Price> shown() {
            return FeedResponse.of(prices).withItems(Prices::show).withList(page -> {
                List<Shown> shown = page.items().stream().map(Prices::show).toList();
                return new ShownList(shown, shown.size());
            });
        }

        @Get("/items")
        FeedResponse<Price> items() {
            return FeedResponse.of(prices).withItems(Prices::show);
        }

        private static Shown show(FeedItem<Price> item) {
            return new Shown(item.id(), item.data().of() + " " + item.data().cents());
        }

        @Get("/texts")
        @Produces("text/event-stream")
        @Header(name = "Cache-Control", value = "private")
        Feed<String> texts() {
            return texts;
        }

        @Get("/quiet")
        Feed<String> quiet() {
            return quiet;
        }
    }

    private Server server;
    private Prices prices;

    @BeforeEach
    void start() {
        server = Bistro.app(FeedResultsTest.class)
                .classes(Prices.class)
                .port(0)
                .set("server.pending-timeout", "30s")
                .start();
        prices = server.get(Prices.class);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    private static String request(String path, String... fields) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + lines(fields) + "\r\n";
    }

    private static String lines(String... fields) {
        return fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    }

    /** The answer to a client that wants the connection to be closed after it. */
    private String get(String path, String... fields) throws IOException {
        return RawClient.exchange(address(), "GET " + path + " HTTP/1.0\r\nHost: a\r\n" + lines(fields) + "\r\n");
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    private String publish(String of, int cents) {
        return prices.prices
                .publish(new Price(of, cents))
                .toCompletableFuture()
                .join()
                .id();
    }

    private static String json(String id, String of, int cents) {
        return "{\"id\":\"" + id + "\",\"event\":\"message\",\"data\":{\"of\":\"" + of + "\",\"cents\":" + cents + "}}";
    }

    private static void assertHas(String head, String... fields) {
        for (String field : fields) {
            assertTrue(head.contains("\r\n" + field + "\r\n"), head + "has no " + field);
        }
    }

    // ---- a list

    @Test
    void givesAListToOneWhoAsksForNothingElse() throws IOException {
        String start = prices.prices.read(Feed.START).next();
        assertEquals("{\"items\":[],\"next\":\"" + start + "\",\"reset\":false}", body(get("/prices")));
        String one = publish("tea", 350);
        String two = publish("milk", 90);
        String response = get("/prices");
        assertHas(response, "Content-Type: application/json", "Cache-Control: no-store", "Vary: Accept");
        String second = json(two, "milk", 90);
        assertEquals(
                "{\"items\":[" + json(one, "tea", 350) + "," + second + "],\"next\":\"" + two + "\",\"reset\":false}",
                body(response));
        assertEquals(
                "{\"items\":[" + second + "],\"next\":\"" + two + "\",\"reset\":false}",
                body(get("/prices?since=" + one)));
    }

    @Test
    void saysWhenSomethingIsMissing() throws IOException {
        String first = publish("a", 1);
        for (int i = 2; i <= 5; i++) {
            publish("a", i);
        }
        for (String since : List.of(first, "other.1", "%00")) {
            String response = get("/prices?since=" + since + "&wait=30");
            assertTrue(response.endsWith(",\"reset\":true}"), response);
            assertTrue(response.contains("\"cents\":3}"), response);
            assertFalse(response.contains("\"cents\":2}"), response);
        }
    }

    @Test
    void writesItemsAndListsAsTheControllerSays() throws IOException {
        String id = publish("tea", 350);
        String shown = "{\"id\":\"" + id + "\",\"text\":\"tea 350\"}";
        assertEquals("{\"shown\":[" + shown + "],\"count\":1}", body(get("/shown")));
        assertEquals("{\"items\":[" + shown + "],\"next\":\"" + id + "\",\"reset\":false}", body(get("/items")));
        try (var client = new RawClient(address())) {
            client.send("GET /shown HTTP/1.0\r\nAccept: application/x-ndjson\r\n\r\n")
                    .readHead();
            assertEquals(shown + "\n", client.read(shown.length() + 1));
        }
        try (var client = new RawClient(address())) {
            client.send("GET /shown HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n")
                    .readHead();
            assertEquals("data: " + shown, lines(client, 5).get(4));
        }
    }

    // ---- a long poll

    @Test
    void waitsForNewsWithoutAThread() throws IOException {
        String last = publish("tea", 1);
        try (var client = new RawClient(address())) {
            client.send(request("/prices?since=" + last + "&wait=25"));
            awaitFollowers(1);
            String next = publish("tea", 2);
            String response = client.readResponse();
            assertEquals(
                    "{\"items\":[" + json(next, "tea", 2) + "],\"next\":\"" + next + "\",\"reset\":false}",
                    body(response));
            assertFalse(response.contains("Preference-Applied"), response);
            awaitFollowers(0);
        }
    }

    private void awaitFollowers(int count) {
        awaitFollowers(count, prices.prices);
    }

    private static void awaitFollowers(int count, Feed<?> feed) {
        Await.until(() -> feed.followers() == count);
    }

    @Test
    void answersWithAnEmptyListWhenTheTimeIsOver() throws IOException {
        String response = get("/quiet?wait=30", "Prefer: respond-async");
        assertTrue(response.startsWith("HTTP/1.1 200 "), response);
        assertTrue(body(response).startsWith("{\"items\":[],"), response);
    }

    @Test
    void takesAPreferenceForAWait() throws IOException {
        for (String preference : List.of("wait=0", "respond-async, Wait = \"0\" ; x=y")) {
            String response = get("/prices", "Prefer: " + preference);
            assertHas(response, "Preference-Applied: wait=0");
        }
        for (String preference : List.of("wait=soon", "wait", "wait=-1", "handling=lenient")) {
            String response = get("/prices", "Prefer: " + preference);
            assertTrue(response.startsWith("HTTP/1.1 200 "), response);
            assertFalse(response.contains("Preference-Applied"), response);
        }
    }

    @Test
    void refusesAWaitThatIsNoNumberOfSeconds() throws IOException {
        for (String wait : List.of("soon", "-1", "1.5", "", "99999999999")) {
            String response = get("/prices?wait=" + wait);
            assertTrue(response.startsWith("HTTP/1.1 400 "), response);
            assertTrue(response.contains("Query parameter \\\"wait\\\": expected a number of seconds"), response);
        }
    }

    @Test
    void forgetsAClientThatHasGone() throws IOException {
        try (CapturedLog log = CapturedLog.of("dev.bistro", Level.WARN)) {
            var clients = List.of(new RawClient(address()), new RawClient(address()), new RawClient(address()));
            clients.get(0).send(request("/prices?wait=25"));
            clients.get(1).send(request("/prices", "Accept: text/event-stream"));
            clients.get(2).send(request("/prices", "Accept: application/x-ndjson"));
            awaitFollowers(3);
            for (RawClient client : clients) {
                client.close();
            }
            awaitFollowers(0);
            server.stop(Duration.ofMinutes(1));
            assertEquals(List.of(), log.messages());
        }
    }

    @Test
    void doesNotWaitForHead() throws IOException {
        for (String type : List.of("application/json", "text/event-stream", "application/x-ndjson")) {
            String response =
                    RawClient.exchange(address(), "HEAD /prices?wait=25 HTTP/1.0\r\nAccept: " + type + "\r\n\r\n");
            assertHas(response, "Content-Type: " + type);
            assertEquals("", body(response));
        }
        awaitFollowers(0);
    }

    @Test
    void letsThoseGoWhoWaitWhenTheServerStops() throws IOException {
        try (var poll = new RawClient(address());
                var negotiated = new RawClient(address());
                var events = new RawClient(address())) {
            poll.send(request("/prices?wait=25"));
            negotiated.send(request("/both?wait=25"));
            events.send(request("/both", "Accept: text/event-stream")).readHead();
            awaitFollowers(3);
            server.stop(Duration.ofMinutes(10)); // the test would take too long if it waited for them
            assertTrue(body(poll.readResponse()).startsWith("{\"items\":[],"));
            assertTrue(body(negotiated.readResponse()).startsWith("{\"items\":[],"));
            assertTrue(events.readToEnd().endsWith("\r\n0\r\n\r\n"));
        }
    }

    @Test
    void answersBeforeTheServerLosesPatience() throws IOException {
        try (Server impatient = Bistro.app(FeedResultsTest.class)
                .classes(Prices.class)
                .port(0)
                .set("server.pending-timeout", "1ms")
                .start()) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), impatient.port());
            String response = RawClient.exchange(address, "GET /prices?wait=40 HTTP/1.0\r\n\r\n");
            assertTrue(response.startsWith("HTTP/1.1 200 "), response);
            assertTrue(body(response).startsWith("{\"items\":[],"), response);
        }
    }

    // ---- server-sent events

    private static List<String> lines(RawClient client, int count) throws IOException {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        while (lines.size() < count) {
            String c = client.read(1);
            if (c.equals("\n")) {
                lines.add(line.toString());
                line.setLength(0);
            } else {
                line.append(c);
            }
        }
        return lines;
    }

    private RawClient events(String path, String... fields) throws IOException {
        var client = new RawClient(address());
        String head = client.send("GET " + path + " HTTP/1.0\r\nAccept: text/event-stream\r\n" + lines(fields) + "\r\n")
                .readHead();
        assertTrue(head.startsWith("HTTP/1.1 200 "), head);
        return client;
    }

    @Test
    void sendsEvents() throws IOException {
        String start = prices.prices.read(Feed.START).next();
        String one = publish("tea", 350);
        try (var client = new RawClient(address())) {
            String head = client.send("GET /prices HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n")
                    .readHead();
            assertHas(
                    head,
                    "Content-Type: text/event-stream",
                    "Cache-Control: no-store, no-transform",
                    "X-Accel-Buffering: no",
                    "Vary: Accept");
            assertEquals(List.of("retry: 2000", "id: " + start, ""), lines(client, 3));
            assertEquals(List.of("id: " + one, "data: {\"of\":\"tea\",\"cents\":350}", ""), lines(client, 3));
            String two = prices.prices
                    .publish("sold", new Price("tea", 1))
                    .toCompletableFuture()
                    .join()
                    .id();
            assertEquals(
                    List.of("id: " + two, "event: sold", "data: {\"of\":\"tea\",\"cents\":1}", ""), lines(client, 4));
        }
    }

    @Test
    void sendsEventsInChunks() throws IOException {
        try (var client = new RawClient(address())) {
            String head = client.send(request("/prices?since=latest", "Accept: text/event-stream"))
                    .readHead();
            assertHas(head, "Transfer-Encoding: chunked");
            assertEquals("retry: 2000", lines(client, 2).get(1));
        }
    }

    @Test
    void replaysAfterTheLastIdThatTheBrowserHad() throws IOException {
        String one = publish("a", 1);
        String two = publish("a", 2);
        String three = publish("a", 3);
        try (var client = events("/prices?since=" + one, "Last-Event-ID: " + two)) {
            assertEquals(List.of("retry: 2000", "id: " + two, "", "id: " + three), lines(client, 4));
        }
        try (var client = events("/prices?since=" + one)) {
            assertEquals(List.of("retry: 2000", "id: " + one, "", "id: " + two), lines(client, 4));
        }
        try (var client = events("/prices?since=latest")) {
            assertEquals(List.of("retry: 2000", "id: " + three, ""), lines(client, 3));
            String four = publish("a", 4);
            assertEquals("id: " + four, lines(client, 1).get(0));
        }
    }

    @Test
    void tellsABrowserOfAnotherLife() throws IOException {
        String start = prices.prices.read(Feed.START).next();
        String one = publish("a", 1);
        String marker = "{\"id\":\"" + start + "\",\"event\":\"reset\"}";
        try (var client = events("/prices", "Last-Event-ID: zzz.7")) {
            assertEquals(
                    List.of("retry: 2000", "", "id: " + start, "event: reset", "data: " + marker, "", "id: " + one),
                    lines(client, 7));
        }
        try (var client = new RawClient(address())) {
            client.send("GET /prices?since=zzz.7 HTTP/1.0\r\nAccept: application/x-ndjson\r\n\r\n")
                    .readHead();
            assertEquals(List.of(marker, json(one, "a", 1)), lines(client, 2));
        }
    }

    @Test
    void sendsTextAsItIsLineByLine() throws IOException {
        prices.texts.publish("a\nb\r\nc\rd\n\n\u00e9");
        try (var client = new RawClient(address())) {
            String head = client.send("GET /texts HTTP/1.0\r\n\r\n").readHead();
            assertHas(head, "Content-Type: text/event-stream", "Cache-Control: private");
            assertFalse(head.contains("\r\nVary: Accept\r\n"), head);
            List<String> data = lines(client, 11).subList(4, 11);
            assertEquals(List.of("data: a", "data: b", "data: c", "data: d", "data: ", "data: \u00c3\u00a9", ""), data);
        }
    }

    @Test
    void sendsHeartbeats() throws IOException {
        try (var client = events("/quiet")) {
            assertEquals(List.of(":", "", ":", ""), lines(client, 7).subList(3, 7));
        }
        try (var client = new RawClient(address())) {
            client.send("GET /quiet HTTP/1.0\r\nAccept: application/x-ndjson\r\n\r\n")
                    .readHead();
            assertEquals(List.of("", ""), lines(client, 2));
        }
    }

    @Test
    void leavesASlowClientBehindAndTellsIt() throws IOException {
        String large = "x".repeat(4 * 1024 * 1024);
        try (var client = events("/texts")) {
            lines(client, 3);
            for (int i = 0; i < 12; i++) {
                prices.texts.publish(i + " " + large);
            }
            // The first ones are on their way; of what comes after, only the newest three are still there.
            var lines = new BufferedReader(new InputStreamReader(client.input(), StandardCharsets.US_ASCII));
            boolean reset = false;
            int resets = 0;
            int last = -1;
            while (last < 11) {
                String line = lines.readLine();
                if (line.equals("event: reset")) {
                    reset = true;
                    resets++;
                } else if (line.startsWith("data: ") && !line.startsWith("data: {")) {
                    int number = Integer.parseInt(line.substring(6, line.indexOf(' ', 6)));
                    assertTrue(reset ? number > last : number == last + 1, number + " after " + last);
                    reset = false;
                    last = number;
                }
            }
            assertTrue(resets > 0);
        }
    }

    @Test
    void cutsAClientThatTakesNothing() throws IOException {
        try (Server strict = Bistro.app(FeedResultsTest.class)
                        .classes(Prices.class)
                        .port(0)
                        .set("server.write-timeout", "1ms")
                        .start();
                var client = new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), strict.port()))) {
            Feed<String> texts = strict.get(Prices.class).texts;
            client.send("GET /texts HTTP/1.0\r\n\r\n").readHead();
            for (int i = 0; i < 12; i++) {
                texts.publish("x".repeat(4 * 1024 * 1024));
            }
            awaitFollowers(0, texts);
        }
    }

    // ---- lines

    @Test
    void sendsLines() throws IOException {
        String one = publish("tea", 350);
        try (var client = new RawClient(address())) {
            String head = client.send("GET /prices HTTP/1.0\r\nAccept: application/x-ndjson\r\n\r\n")
                    .readHead();
            assertHas(
                    head,
                    "Content-Type: application/x-ndjson",
                    "Cache-Control: no-store, no-transform",
                    "X-Accel-Buffering: no");
            assertEquals(json(one, "tea", 350), lines(client, 1).get(0));
            String two = publish("milk", 90);
            assertEquals(json(two, "milk", 90), lines(client, 1).get(0));
        }
    }

    // ---- negotiation

    @Test
    void chooses() throws IOException {
        for (String accept : List.of("*/*", "application/*", "text/html, */*;q=0.1")) {
            assertHas(get("/prices", "Accept: " + accept), "Content-Type: application/json");
        }
        String refused = get("/prices", "Accept: image/png");
        assertTrue(refused.startsWith("HTTP/1.1 406 "), refused);
        assertHas(refused, "Vary: Accept");
        String preferred = RawClient.exchange(
                address(), "HEAD /prices HTTP/1.0\r\nAccept: application/json;q=0.5, text/event-stream\r\n\r\n");
        assertHas(preferred, "Content-Type: text/event-stream");
    }
}
