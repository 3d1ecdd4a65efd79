package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.ConcurrencyLimit;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.MaxBody;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.RequestScoped;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Timeout;
import dev.bistro.annotation.WebSocket;
import dev.bistro.body.FileUpload;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedSettings;
import dev.bistro.http.Chain;
import dev.bistro.http.RateLimitKey;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.wire.RawClient;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of routes, over a socket. */
@org.junit.jupiter.api.Timeout(60)
class LimitsTest {
    record Note(String text) {}

    @Route("/rates")
    @RateLimit("5/h")
    static final class Rates {
        @Post("/body")
        @RateLimit("2/h")
        String body(@Body String text) {
            return text;
        }

        @Get("/twice")
        @RateLimit("1/h")
        @RateLimit("3/h")
        String twice() {
            return "got";
        }

        @Get("/other")
        String other() {
            return "got";
        }
    }

    @Route("/keyed")
    static final class Keyed {
        @Post("/user")
        @RateLimit(value = "2/h", by = RateLimit.By.USER)
        String user(@Body String text) {
            return text;
        }

        @Get("/key")
        @RateLimit(value = "2/h", key = ApiKey.class)
        String key() {
            return "got";
        }
    }

    static final class ApiKey implements RateLimitKey {
        private final Names names;

        @Inject
        ApiKey(Names names) {
            this.names = names;
        }

        @Override
        public Optional<String> of(Request request) {
            if (request.header("X-Api-Key").filter("bad"::equals).isPresent()) {
                throw new dev.bistro.http.BadRequestException("No such key");
            }
            return request.header("X-Api-Key").map(key -> names.toString() + key);
        }
    }

    @Filter
    @Priority(Priority.AUTHENTICATION)
    static final class Names {
        Response<?> filter(Request request, Chain chain) {
            request.header("X-Name").ifPresent(name -> request.setPrincipal(() -> name));
            return chain.proceed(response -> response.withHeader("X-Seen", "yes"));
        }
    }

    @WebSocket("/ws")
    @RateLimit("1/h")
    static final class Socket {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    interface Limited<T> {
        @RateLimit("1/h")
        @RateLimit("5/h")
        @MaxBody("2B")
        String say(T text);
    }

    @Route("/overriding")
    static final class Overriding implements Limited<String> {
        @Override
        @Post
        public String say(@Body String text) {
            return text;
        }
    }

    /** Where handlers wait, for the test to see and to end. */
    static final class Gates {
        final Semaphore entered = new Semaphore(0);
        final Semaphore open = new Semaphore(0);
        final Semaphore interrupted = new Semaphore(0);
        final Semaphore left = new Semaphore(0);
        final Semaphore released = new Semaphore(0);
        volatile CompletableFuture<String> stage = new CompletableFuture<>();

        void hold() {
            entered.release();
            open.acquireUninterruptibly();
            left.release();
        }

        void holdUntilInterrupted() throws InterruptedException {
            entered.release();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.release();
                throw e;
            }
        }
    }

    @RequestScoped
    static class Scoped implements AutoCloseable {
        private final Gates gates;

        @Inject
        Scoped(Gates gates) {
            this.gates = gates;
        }

        String text() {
            return "scoped";
        }

        @Override
        public void close() {
            gates.released.release();
        }
    }

    @Route("/timed")
    @Timeout("200ms")
    static final class TimedController {
        private final Gates gates;
        private final Provider<Scoped> scoped;
        private final Feed<String> feed = Feed.create(FeedSettings.DEFAULTS);

        @Inject
        TimedController(Gates gates, Provider<Scoped> scoped) {
            this.gates = gates;
            this.scoped = scoped;
        }

        @Get("/quick")
        @Timeout("1h")
        String quick() {
            return scoped.get().text() + Thread.currentThread().isInterrupted();
        }

        @Get("/waits")
        String waits() throws InterruptedException {
            gates.holdUntilInterrupted();
            return "never";
        }

        @Get("/ignores")
        String ignores() {
            scoped.get().text();
            gates.hold();
            return "late";
        }

        @Post("/body")
        String body(Note note) throws InterruptedException {
            gates.holdUntilInterrupted();
            return "never";
        }

        @Post("/stream")
        String stream(InputStream body) throws IOException {
            return "got " + body.readAllBytes().length;
        }

        @Post("/stuck")
        String stuck(InputStream body) {
            gates.hold();
            return "late";
        }

        @Post("/files")
        String files(@FormParam FileUpload file) {
            scoped.get().text();
            gates.hold();
            return "late";
        }

        @Get("/stage")
        CompletionStage<String> stage() {
            CompletionStage<String> present = gates.stage; // before the test may give another
            gates.entered.release();
            return present;
        }

        @Get("/written")
        StreamingBody written() {
            return output -> {
                output.write("begun".getBytes(StandardCharsets.UTF_8));
                output.flush();
                try {
                    gates.holdUntilInterrupted();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            };
        }

        @Get("/unwritten")
        StreamingBody unwritten() {
            return output -> {
                try {
                    gates.holdUntilInterrupted();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            };
        }

        @Get("/pulled")
        Iterator<String> pulled() {
            return Stream.generate(() -> {
                        gates.hold();
                        return "x".repeat(70_000);
                    })
                    .iterator();
        }

        @Get("/feed")
        Feed<String> feed() {
            return feed;
        }

        @Get("/long")
        @Timeout("1d")
        @ConcurrencyLimit(1)
        String takesLong() {
            gates.hold();
            return "done";
        }
    }

    @Route("/busy")
    @ConcurrencyLimit(1)
    static final class Busy {
        private final Gates gates;
        private final Feed<String> feed = Feed.create(FeedSettings.DEFAULTS);

        @Inject
        Busy(Gates gates) {
            this.gates = gates;
        }

        @Post
        String hold(@Body String text) {
            if (!text.equals("free")) {
                gates.hold();
            }
            return "done";
        }

        @Post("/fails")
        String fails(@Body String text) {
            if (!text.equals("free")) {
                throw new IllegalStateException(text);
            }
            return "done";
        }

        @Get("/stage")
        CompletionStage<String> stage() {
            CompletionStage<String> present = gates.stage; // before the test may give another
            gates.entered.release();
            return present;
        }

        @Get("/feed")
        Feed<String> feed() {
            return feed;
        }
    }

    private static final String TEXT = "Content-Type: text/plain\r\n";

    private final Gates gates = new Gates();
    private Server server;

    @BeforeEach
    void start() {
        server = Bistro.app(LimitsTest.class)
                .classes(
                        Rates.class,
                        Keyed.class,
                        ApiKey.class,
                        Names.class,
                        Socket.class,
                        Overriding.class,
                        TimedController.class,
                        Scoped.class,
                        Busy.class)
                .with(Gates.class, gates)
                .set("server.port", "0")
                .set("server.host", "127.0.0.1")
                .set("server.max-body-size", "10kB")
                .set("server.stop-timeout", "100ms")
                .start();
    }

    @AfterEach
    void stop() {
        gates.open.release(1_000);
        server.close();
    }

    private static void await(Semaphore semaphore, int permits) {
        try {
            assertTrue(semaphore.tryAcquire(permits, 20, TimeUnit.SECONDS), "it didn't come so far");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private RawClient client() throws IOException {
        return new RawClient(server.address());
    }

    private static String post(String path, String fields, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "Content-Length: " + length + "\r\n\r\n";
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    }

    // ---- how often

    @Test
    void aRateByClientIsDecidedBeforeTheBodyIsRead() throws IOException {
        for (int i = 0; i < 2; i++) {
            assertStatus(
                    200,
                    RawClient.exchange(server.address(), post("/rates/body", TEXT + "Connection: close\r\n", 1) + "x"));
        }
        try (RawClient client = client()) {
            String refused = client.send(post("/rates/body", TEXT + "Expect: 100-continue\r\n", 5))
                    .readResponse();
            assertStatus(429, refused);
            assertTrue(refused.contains("Retry-After: 1800\r\n"), refused);
            assertTrue(refused.contains("\"detail\":\"Too many requests: 2/h are allowed here.\""), refused);
            assertFalse(refused.contains("X-Seen"), "it comes before all filters");
        }
        try (RawClient client = client()) { // of the first two, the connection goes on where the body is sent
            assertStatus(429, client.send(post("/rates/body", TEXT, 5)).readResponse());
            assertStatus(200, client.send("hello" + get("/rates/other")).readResponse());
        }
    }

    @Test
    void theRateOfAClassIsForAllItsMethodsTogether() throws IOException {
        try (RawClient client = client()) {
            assertStatus(200, client.send(get("/rates/twice")).readResponse());
            for (int i = 0; i < 4; i++) {
                assertStatus(429, client.send(get("/rates/twice")).readResponse());
            }
            for (int i = 0; i < 4; i++) {
                assertStatus(200, client.send(get("/rates/other")).readResponse());
            }
            assertStatus(429, client.send(get("/rates/other")).readResponse());
            assertStatus(429, client.send(post("/rates/body", TEXT, 1) + "x").readResponse());
            assertStatus(404, client.send(get("/rates/none")).readResponse());
        }
    }

    @Test
    void aRateByUserFollowsTheLoginAndPrecedesTheBody() throws IOException {
        try (RawClient client = client()) {
            for (String name : new String[] {"ada", "grace"}) {
                String fields = "X-Name: " + name + "\r\n";
                for (int i = 0; i < 2; i++) {
                    assertStatus(
                            200,
                            client.send(post("/keyed/user", TEXT + fields, 1) + "x")
                                    .readResponse());
                }
                assertStatus(
                        429,
                        client.send(post("/keyed/user", TEXT + fields, 1) + "x").readResponse());
            }
            assertStatus(200, client.send(post("/keyed/user", TEXT, 1) + "x").readResponse());
            String expecting = "X-Name: ada\r\nExpect: 100-continue\r\n";
            String refused =
                    client.send(post("/keyed/user", TEXT + expecting, 5)).readResponse();
            assertStatus(429, refused);
            assertTrue(refused.contains("X-Seen: yes"), refused);
        }
    }

    @Test
    void aRateByAKeyOfTheUsersIsNoneWhereThereIsNoKey() throws IOException {
        try (RawClient client = client()) {
            for (int i = 0; i < 5; i++) {
                assertStatus(200, client.send(get("/keyed/key")).readResponse());
            }
            String keyed = "GET /keyed/key HTTP/1.1\r\nHost: a\r\nX-Api-Key: ";
            for (String key : new String[] {"1", "2"}) {
                assertStatus(200, client.send(keyed + key + "\r\n\r\n").readResponse());
                assertStatus(200, client.send(keyed + key + "\r\n\r\n").readResponse());
                assertStatus(429, client.send(keyed + key + "\r\n\r\n").readResponse());
            }
            assertStatus(400, client.send(keyed + "bad\r\n\r\n").readResponse());
        }
    }

    @Test
    void limitsOfOverriddenMethodsCount() throws IOException {
        try (RawClient client = client()) {
            assertStatus(200, client.send(post("/overriding", TEXT, 2) + "ab").readResponse());
        }
        try (RawClient client = client()) {
            assertStatus(429, client.send(post("/overriding", TEXT, 3)).readResponse());
        }
    }

    @Test
    void sessionsAreOpenedAtARate() throws IOException {
        String handshake = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        try (RawClient first = client();
                RawClient second = client()) {
            assertStatus(101, first.send(handshake).readHead());
            assertStatus(429, second.send(handshake).readResponse());
        }
    }

    // ---- how many at once

    private void awaitFree(String path) throws IOException {
        while (true) { // the answer is there before the request stops to count
            try (RawClient client = client()) {
                if (client.send(post(path, TEXT, 4) + "free").readResponse().startsWith("HTTP/1.1 200 ")) {
                    return;
                }
            }
        }
    }

    @Test
    void whileTheMethodIsBusyOthersAreRefusedBeforeTheirBodies() throws IOException {
        try (RawClient first = client();
                RawClient second = client()) {
            first.send(post("/busy", TEXT, 4) + "hold");
            await(gates.entered, 1);
            String refused = second.send(post("/busy", TEXT + "Expect: 100-continue\r\n", 4))
                    .readResponse();
            assertStatus(503, refused);
            assertTrue(refused.contains("Retry-After: 1\r\n"), refused);
            gates.open.release();
            assertStatus(200, first.readResponse());
            awaitFree("/busy");
        }
    }

    @Test
    void aBodyOnItsWayDoesntCount() throws IOException {
        try (RawClient slow = client();
                RawClient quick = client()) {
            slow.send(post("/busy", TEXT + "Expect: 100-continue\r\n", 4));
            assertStatus(100, slow.readHead()); // so its head was read while nobody was busy
            slow.send("fr");
            assertStatus(200, quick.send(post("/busy", TEXT, 4) + "free").readResponse());
            // the answer is there before the request stops to count; before the connection's next one is read it has
            assertStatus(404, quick.send(get("/nothing")).readResponse());
            assertStatus(200, slow.send("ee").readResponse());
        }
    }

    @Test
    void ofTwoWhoseBodiesEndTogetherOneIsRefused() throws IOException {
        try (RawClient first = client();
                RawClient second = client()) {
            second.send(post("/busy", TEXT + "Expect: 100-continue\r\n", 4));
            assertStatus(100, second.readHead());
            second.send("hol");
            first.send(post("/busy", TEXT, 4) + "hold");
            await(gates.entered, 1);
            String refused = second.send("d").readResponse();
            assertStatus(503, refused);
            assertTrue(refused.contains("X-Seen: yes"), "behind the login: " + refused);
            gates.open.release();
            assertStatus(200, first.readResponse());
        }
    }

    @Test
    void aMethodThatFailsIsFreeAgain() throws IOException {
        try (RawClient client = client()) {
            assertStatus(500, client.send(post("/busy/fails", TEXT, 4) + "fail").readResponse());
            awaitFree("/busy/fails");
        }
    }

    @Test
    void aStageCountsUntilItCompletesOrItsClientGoes() throws IOException {
        try (RawClient first = client();
                RawClient second = client()) {
            first.send(get("/busy/stage"));
            await(gates.entered, 1);
            assertStatus(503, second.send(get("/busy/stage")).readResponse());
            CompletableFuture<String> abandoned = gates.stage;
            gates.stage = CompletableFuture.completedFuture("next");
            first.socket().close();
            abandoned
                    .handle((value, fault) -> fault)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            String later = "503";
            while (later.contains("503")) {
                later = second.send(get("/busy/stage")).readResponse().substring(9, 12);
            }
            assertEquals("200", later);
        }
    }

    @Test
    void aFeedCountsAsLongAsItIsFollowed() throws IOException {
        String follow = "GET /busy/feed HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n";
        try (RawClient second = client()) {
            try (RawClient first = client()) {
                assertStatus(200, first.send(follow).readHead());
                assertStatus(503, second.send(follow).readResponse());
            }
            String later = second.send(follow).readHead();
            while (later.startsWith("HTTP/1.1 503 ")) {
                second.read(contentLength(later));
                later = second.send(follow).readHead();
            }
            assertStatus(200, later);
        }
    }

    private static int contentLength(String head) {
        String after = head.substring(head.indexOf("Content-Length: ") + 16);
        return Integer.parseInt(after.substring(0, after.indexOf('\r')));
    }

    // ---- how long

    @Test
    void aQuickAnswerIsAsWithoutATimeout() throws IOException {
        try (RawClient client = client()) {
            for (int i = 0; i < 20; i++) {
                assertTrue(client.send(get("/timed/quick")).readResponse().endsWith("scopedfalse"));
            }
            assertStatus(
                    204,
                    client.send("OPTIONS /timed/quick HTTP/1.1\r\nHost: a\r\n\r\n")
                            .readResponse());
            assertStatus(
                    200,
                    client.send("HEAD /timed/quick HTTP/1.1\r\nHost: a\r\n\r\n").readHead());
        }
        await(gates.released, 20);
    }

    @Test
    void whatWaitsIsInterruptedAndTheConnectionGoesOn() throws IOException {
        try (RawClient client = client()) {
            String late = client.send(get("/timed/waits")).readResponse();
            assertStatus(503, late);
            assertTrue(late.contains("application/problem+json"), late);
            assertTrue(late.contains("\"detail\":\"The answer took too long.\""), late);
            await(gates.interrupted, 1);
            assertStatus(
                    503,
                    client.send(post("/timed/body", "Content-Type: application/json\r\n", 12) + "{\"text\":\"a\"}")
                            .readResponse());
            await(gates.interrupted, 1);
            assertTrue(client.send(get("/timed/quick")).readResponse().endsWith("scopedfalse"));
        }
    }

    @Test
    void whatIgnoresTheInterruptKeepsNobodyWaiting() throws IOException {
        try (RawClient client = client()) {
            assertStatus(503, client.send(get("/timed/ignores")).readResponse());
            assertEquals(0, gates.released.availablePermits(), "its objects are its own until it really ends");
            gates.open.release();
            await(gates.left, 1);
            await(gates.released, 1);
            assertTrue(client.send(get("/timed/quick")).readResponse().endsWith("scopedfalse"));
        }
    }

    @Test
    void aMethodThatReadsItsBodyIsInterruptedWhereItWaitsForTheClient() throws IOException {
        try (RawClient client = client()) {
            assertStatus(200, client.send(post("/timed/stream", "", 3) + "abc").readResponse());
            assertStatus(503, client.send(post("/timed/stream", "", 3) + "ab").readResponse());
        }
    }

    @Test
    void aStuckOneThatReadsItsBodyLosesItsConnection() throws IOException {
        try (RawClient client = client()) {
            assertEquals("", client.send(post("/timed/stuck", "", 3) + "abc").readToEnd());
        }
        await(gates.entered, 1);
        gates.open.release();
        await(gates.left, 1);
    }

    @Test
    void aStageIsCancelled() throws IOException {
        try (RawClient client = client()) {
            CompletableFuture<String> stage = gates.stage;
            assertStatus(503, client.send(get("/timed/stage")).readResponse());
            stage.handle((value, fault) -> fault)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertTrue(stage.isCancelled());
            gates.stage = CompletableFuture.completedFuture("there");
            assertTrue(client.send(get("/timed/stage")).readResponse().endsWith("there"));
        }
    }

    @Test
    void aStageIsCancelledWhenItsClientGoes() throws IOException {
        CompletableFuture<String> stage = gates.stage;
        try (RawClient client = client()) {
            client.send(get("/timed/stage"));
            await(gates.entered, 1);
        }
        stage.handle((value, fault) -> fault).orTimeout(20, TimeUnit.SECONDS).join();
        assertTrue(stage.isCancelled());
    }

    @Test
    void anAnswerOnItsWayIsBrokenOff() throws IOException {
        String all = RawClient.exchange(server.address(), get("/timed/written"));
        assertStatus(200, all);
        assertTrue(all.contains("begun"), all);
        assertFalse(all.endsWith("0\r\n\r\n"), all);
        await(gates.interrupted, 1);
    }

    @Test
    void aBodyThatHasntBegunIsA503() throws IOException {
        assertStatus(503, RawClient.exchange(server.address(), get("/timed/unwritten")));
        await(gates.interrupted, 1);
    }

    @Test
    void aBodyInPiecesThatTheClientDoesntTakeIsBrokenOff() throws IOException {
        gates.open.release(1_000);
        try (RawClient client = client()) {
            client.send(get("/timed/pulled")).readHead();
            client.input().transferTo(OutputStream.nullOutputStream()); // endless otherwise
        } catch (IOException reset) {
            // a connection that is broken off may be reset
        }
    }

    @Test
    void aFeedHasNoEnd() throws IOException {
        try (RawClient client = client()) {
            client.send("GET /timed/feed HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n");
            assertStatus(200, client.readHead());
            try (RawClient other = client()) { // another one's time begins after the feed's, and is over
                assertStatus(503, other.send(get("/timed/waits")).readResponse());
            }
            client.socket().setSoTimeout(1);
            boolean isOpen = false;
            try {
                while (client.input().read() >= 0) {
                    // what the feed begins with
                }
            } catch (java.net.SocketTimeoutException stillOpen) {
                isOpen = true;
            }
            assertTrue(isOpen);
        }
    }

    @Test
    void aLongPollAnswersWithWhatItHas() throws IOException {
        try (RawClient client = client()) {
            String response = client.send(
                            "GET /timed/feed?wait=30 HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n\r\n")
                    .readResponse();
            assertStatus(200, response);
        }
    }

    @Test
    void aTimeoutTakesThePlaceOfTheServers() throws IOException {
        try (RawClient client = client();
                RawClient other = client()) {
            client.send(get("/timed/long"));
            await(gates.entered, 1);
            assertStatus(503, other.send(get("/timed/long")).readResponse());
            gates.open.release();
            assertTrue(client.readResponse().endsWith("done"));
        }
    }

    @Test
    void filesOfAFormAreThereUntilTheMethodReallyEnds() throws IOException {
        String around = "--b\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\n%s\r\n--b--\r\n";
        String body = around.formatted("x".repeat(300 - around.length() + 2));
        try (RawClient client = client()) {
            client.send(post("/timed/files", "Content-Type: multipart/form-data; boundary=b\r\n", 300) + body);
            await(gates.entered, 1);
            assertEquals("", client.readToEnd());
            assertEquals(0, gates.released.availablePermits());
            gates.open.release();
            await(gates.released, 1);
        }
    }
}
