package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.bistro.http.spi.Execution;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.WebSocketSession;
import dev.bistro.websocket.protocol.Message;
import dev.bistro.websocket.protocol.Replies;
import dev.bistro.websocket.protocol.SessionRooms;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions over raw sockets: their handlers, what they send, their limits and their ends. */
@Timeout(120)
class WebSocketSessionTest {
    private static final int MIB = 1024 * 1024;
    private static final Duration LONG = Duration.ofMinutes(5);

    /** After which a client that answers pings gets the next one: enough for a test's thread to get its turn. */
    private static final Duration PATIENT = Duration.ofSeconds(1);

    /** A session and what a test knows of it. */
    private static final class Recorded extends SocketEndpoints.Echo {
        private final WebSocketSession session;
        private final BiFunction<Recorded, String, CompletionStage<?>> onText;
        private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

        Recorded(WebSocketSession session, BiFunction<Recorded, String, CompletionStage<?>> onText) {
            this.session = session;
            this.onText = onText;
        }

        @Override
        public CompletionStage<?> onMessage(Message message, Replies replies) {
            return onText.apply(this, new String(message.bytes(), StandardCharsets.UTF_8));
        }

        @Override
        public void onClose(CloseReason reason) {
            closed.complete(reason);
        }

        CloseReason closeReason() throws Exception {
            return closed.get(30, TimeUnit.SECONDS);
        }
    }

    private final BlockingQueue<Recorded> sessions = new LinkedBlockingQueue<>();

    private Recorded next() throws InterruptedException {
        Recorded session = sessions.poll(30, TimeUnit.SECONDS);
        assertTrue(session != null, "No session was opened");
        return session;
    }

    private static WebSocketSettings settings(int maxBytes, int maxQueuedBytes, Duration pingInterval) {
        return new WebSocketSettings(maxBytes, maxBytes, maxQueuedBytes, pingInterval, true, false, 1400, 1);
    }

    private EngineServer serve(
            WebSocketSettings settings, Execution execution, BiFunction<Recorded, String, CompletionStage<?>> onText)
            throws IOException {
        Function<WebSocketSession, Recorded> handlers = session -> {
            var recorded = new Recorded(session, onText);
            sessions.add(recorded);
            return recorded;
        };
        return EngineServer.builder()
                .maxConnections(2_000)
                .at("/", SocketEndpoints.endpoint(SocketEndpoints.handshake(settings, execution), handlers::apply))
                .start();
    }

    private EngineServer serve(BiFunction<Recorded, String, CompletionStage<?>> onText) throws IOException {
        return serve(settings(MIB, MIB, LONG), Execution.ADAPTIVE, onText);
    }

    private static BiFunction<Recorded, String, CompletionStage<?>> echo() {
        return (recorded, text) -> {
            recorded.session.send(text);
            return null;
        };
    }

    // ---- sizes

    @ParameterizedTest
    @CsvSource({
        "T*1000, T*1000",
        "T*1001, CLOSE=1009",
        "T~*600 C*400, T*1000",
        "T~*600 C*401, CLOSE=1009",
        "T~*600 C~*400 C, T*1000",
        "T:a T*1001, T:a CLOSE=1009",
    })
    void closesForAMessageThatIsTooBig(String sent, String expected) throws Exception {
        try (var server = serve(settings(1_000, MIB, LONG), Execution.ADAPTIVE, echo());
                var client = new FrameClient(server.address(), "/")) {
            String end = expected.contains("CLOSE") ? "" : " CLOSE=1000";
            assertEquals(expected + end, client.send(sent + end).readToEnd());
            assertEquals(
                    expected.contains("CLOSE") ? CloseReason.TOO_BIG : CloseReason.NORMAL,
                    next().closeReason().code());
        }
    }

    @Test
    void refusesAFrameByItsHeadAlone() throws IOException {
        try (var server = serve(echo());
                var client = new FrameClient(server.address(), "/")) {
            byte[] head = {(byte) 0x81, (byte) 0xFF, 0x7F, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4};
            assertEquals("CLOSE=1009", client.send(head).readToEnd());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "81 05 48656c6c6f", // not masked
        "81 fe 0001 37fa213d 7f", // a length that is longer than it has to be
        "81 ff 000000000000ffff 37fa213d",
        "81 ff ffffffffffffffff 37fa213d", // the highest bit of a length
    })
    void closesForFramesThatBreakTheSyntax(String hex) throws IOException {
        try (var server = serve(echo());
                var client = new FrameClient(server.address(), "/")) {
            client.send(java.util.HexFormat.of().parseHex(hex.replace(" ", "")));
            assertEquals("CLOSE=1002", client.readToEnd());
        }
    }

    // ---- handlers

    @ParameterizedTest
    @EnumSource(Execution.class)
    void handlersOfASessionRunOneAfterTheOtherAndInOrder(Execution execution) throws Exception {
        var running = new AtomicInteger();
        var overlaps = new AtomicInteger();
        try (var server = serve(settings(MIB, MIB, LONG), execution, (recorded, text) -> {
                    overlaps.addAndGet(running.getAndIncrement());
                    Thread.yield();
                    recorded.session.send(text);
                    running.decrementAndGet();
                    return null;
                });
                var client = new FrameClient(server.address(), "/")) {
            var frames = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                frames.append("T:").append(i).append(' ');
            }
            client.send(frames + "CLOSE=1000");
            assertEquals(frames + "CLOSE=1000", client.readToEnd());
            assertEquals(0, overlaps.get());
            assertEquals(CloseReason.NORMAL, next().closeReason().code());
        }
    }

    @Test
    void aHandlerMayWaitWhileItsSessionAndOthersGoOn() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var server = serve((recorded, text) -> {
                    if (text.equals("wait")) {
                        recorded.session.send("waiting");
                        entered.countDown();
                        await(go);
                    }
                    recorded.session.send(text);
                    return null;
                });
                var client = new FrameClient(server.address(), "/");
                var other = new FrameClient(server.address(), "/")) {
            client.send("T:wait T:after PING:alive");
            await(entered);
            Recorded waiting = next();
            // what it sent before it waits goes out, pings are answered, and another thread can send
            assertEquals(Set.of("T:waiting", "PONG:alive"), Set.of(client.read(), client.read()));
            waiting.session.send("from outside");
            assertEquals("T:from_outside", client.read());
            assertEquals("T:quick", other.send("T:quick").read());
            go.countDown();
            assertEquals("T:wait", client.read());
            assertEquals("T:after", client.read());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHandlerMayWaitForWhatItSends() throws Exception {
        try (var server = serve((recorded, text) -> {
                    recorded.session.send(text).toCompletableFuture().join();
                    recorded.session.send("then").toCompletableFuture().join();
                    return null;
                });
                var client = new FrameClient(server.address(), "/")) {
            for (int i = 0; i < 10; i++) {
                client.send("T:" + i);
                assertEquals("T:" + i, client.read());
                assertEquals("T:then", client.read());
            }
        }
    }

    @Test
    void theNextMessageWaitsForWhatAHandlerHasReturned() throws Exception {
        var stages = new LinkedBlockingQueue<CompletableFuture<Void>>();
        try (var server = serve((recorded, text) -> {
                    recorded.session.send(text);
                    var stage = new CompletableFuture<Void>();
                    if (text.equals("done")) {
                        stage.complete(null);
                    } else {
                        stages.add(stage);
                    }
                    return stage;
                });
                var client = new FrameClient(server.address(), "/")) {
            client.send("T:done T:done T:one T:two PING");
            assertEquals("PONG T:done T:done T:one", inOrder(client, 4));
            assertEquals(1, stages.size());
            stages.take().complete(null);
            assertEquals("T:two", client.read());
            client.send("CLOSE=1000");
            stages.take().completeExceptionally(new IllegalStateException());
            assertEquals("CLOSE=1000", client.readToEnd());
            assertEquals(CloseReason.NORMAL, next().closeReason().code());
        }
    }

    private static String inOrder(FrameClient client, int count) throws IOException {
        var frames = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            frames.add(client.read());
        }
        return String.join(" ", frames);
    }

    @Test
    void readsNoMoreWhileTooMuchWaitsForTheHandlers() throws Exception {
        var go = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        try (var server = serve(settings(MIB, MIB, LONG), Execution.BLOCKING, (recorded, text) -> {
                    entered.countDown();
                    await(go);
                    recorded.session.send(text);
                    return null;
                });
                var client = new FrameClient(server.address(), "/")) {
            client.send("T:first");
            await(entered);
            client.send("600xT:more PING:unseen");
            client.send("1000xT:even_more");
            awaitRounds(server);
            go.countDown();
            assertEquals("T:first", client.read());
            var frames = new ArrayList<String>();
            for (int i = 0; i < 1_601; i++) {
                frames.add(client.read());
            }
            assertEquals(1, frames.stream().filter("PONG:unseen"::equals).count());
            assertEquals(1_000, frames.stream().filter("T:even_more"::equals).count());
        }
    }

    // ---- handlers that aren't done

    private static final BiFunction<Recorded, String, CompletionStage<?>> NEVER_DONE =
            (recorded, text) -> new CompletableFuture<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 17, 100, 400})
    void readsPingsAndTheCloseWhileMessagesWait(int waiting) throws Exception {
        var stage = new CompletableFuture<Void>();
        try (var server = serve((recorded, text) -> stage);
                var client = new FrameClient(server.address(), "/")) {
            client.send("T:first " + (waiting == 0 ? "" : waiting + "xT:waits ") + "PING:seen");
            assertEquals("PONG:seen", client.read());
            client.send("PING:again CLOSE=1000");
            assertEquals("PONG:again", client.read());
            stage.complete(null);
            assertEquals("CLOSE=1000", client.readToEnd());
            assertEquals(CloseReason.NORMAL, next().closeReason().code());
        }
    }

    @Test
    void aStageMayTakeAsLongAsTheClientAnswersPings() throws Exception {
        try (var server = serve(settings(MIB, MIB, PATIENT), Execution.ADAPTIVE, NEVER_DONE);
                var clients = new Clients<FrameClient>()) {
            for (String waiting : new String[] {"", " 100xT:waits", " 400xT:waits"}) {
                clients.add(new FrameClient(server.address(), "/")).send("T:first" + waiting);
            }
            for (int i = 0; i < 2; i++) {
                for (FrameClient client : clients) {
                    assertEquals("PING", client.read());
                    client.send("PONG T:more");
                }
            }
            assertTrue(next().session.isOpen()
                    && next().session.isOpen()
                    && next().session.isOpen());
            for (FrameClient client : clients) {
                assertEquals("PING CLOSE=1001", client.readToEnd());
            }
        }
    }

    /** If more was sent than is read ahead, the answer to a ping can't be seen; that alone is no reason to close. */
    @Test
    void doesNotCloseAClientWhosePongsAreBehindWhatIsNotRead() throws Exception {
        var stage = new CompletableFuture<Void>();
        try (var server = serve(settings(MIB, MIB, Duration.ofMillis(400)), Execution.ADAPTIVE, (recorded, text) -> {
                    recorded.session.send(text);
                    return stage;
                });
                var client = new FrameClient(server.address(), "/")) {
            client.send("1000xT:x");
            assertEquals("T:x", client.read());
            for (int i = 0; i < 4; i++) {
                assertEquals("PING", client.read());
                client.send("PONG");
            }
            stage.complete(null);
            for (int i = 0; i < 999; i++) {
                assertEquals("T:x", client.read());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "100, false", "100, true", "5000, false", "5000, true"})
    void findsOutThatClientsHaveGoneWhileHandlersAreNotDone(int messages, boolean abruptly) throws Exception {
        var gone = new ArrayList<Recorded>();
        try (var server = serve(settings(MIB, MIB, Duration.ofMillis(400)), Execution.ADAPTIVE, NEVER_DONE)) {
            for (int i = 0; i < 10; i++) {
                var client = new FrameClient(server.address(), "/");
                client.send(messages + "xT:x");
                gone.add(next());
                if (abruptly) {
                    client.raw().socket().setSoLinger(true, 0);
                }
                client.close();
            }
            for (Recorded recorded : gone) {
                Await.until(() -> !recorded.session.isOpen());
            }
        }
    }

    @Test
    void findsOutThatAClientHasGoneAfterItsClose() throws Exception {
        try (var server = serve(settings(MIB, MIB, Duration.ofMillis(400)), Execution.ADAPTIVE, NEVER_DONE)) {
            var client = new FrameClient(server.address(), "/");
            client.send("T:x T:y CLOSE=1000");
            assertEquals("PING", client.read());
            client.close();
            Recorded recorded = next();
            Await.until(() -> !recorded.session.isOpen());
        }
    }

    /**
     * Waits until the server's one loop has read all that was sent before: an answer of its second round comes after
     * its first.
     */
    private static void awaitRounds(EngineServer server) throws IOException {
        try (var other = new FrameClient(server.address(), "/")) {
            for (String round : List.of("first", "second")) {
                other.send("PING:" + round);
                assertEquals("PONG:" + round, other.read());
            }
        }
    }

    @Test
    void aHandlerThatFailsClosesTheSession() throws Exception {
        try (var server = serve((recorded, text) -> {
                    throw new IllegalStateException("secret");
                });
                var client = new FrameClient(server.address(), "/")) {
            client.send("T:x T:y CLOSE=1011");
            assertEquals("CLOSE=1011", client.readToEnd());
            assertEquals(CloseReason.INTERNAL_ERROR, next().closeReason().code());
        }
    }

    // ---- sending

    @Test
    void sendsFromManyThreadsWholeAndInTheOrderOfEach() throws Exception {
        try (var server = serve(settings(MIB, 16 * MIB, LONG), Execution.ADAPTIVE, echo());
                var client = new FrameClient(server.address(), "/")) {
            WebSocketSession session = next().session;
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < 4; t++) {
                String name = "t" + t + "-";
                var thread = new Thread(() -> {
                    for (int i = 0; i < 500; i++) {
                        session.send(name + i);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            int[] counts = new int[4];
            for (int i = 0; i < 2_000; i++) {
                String frame = client.read();
                int t = frame.charAt(3) - '0';
                assertEquals("T:t" + t + "-" + counts[t]++, frame);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void closesAReceiverThatIsTooSlow() throws Exception {
        try (var server = serve(settings(MIB, MIB, LONG), Execution.ADAPTIVE, echo());
                var client = new FrameClient(server.address(), "/")) {
            Recorded slow = next();
            String message = "*".repeat(100_000);
            CompletionStage<Void> last = slow.session.send(message);
            int sent = 1;
            while (slow.session.isOpen() && sent < 10_000) {
                last = slow.session.send(message);
                sent++;
            }
            assertFalse(slow.session.isOpen(), "Nothing was bounded after " + sent + " messages");
            var fault = assertThrows(CompletionException.class, last.toCompletableFuture()::join);
            assertInstanceOf(IOException.class, fault.getCause());
            String frame = client.read();
            while (frame.equals("T*100000")) {
                frame = client.read();
            }
            assertEquals("CLOSE=1013", frame);
            assertEquals("", client.send("CLOSE=1013").readToEnd());
            client.raw().socket().close(); // the handler is told when the connection has gone
            assertEquals(CloseReason.TRY_AGAIN_LATER, slow.closeReason().code());
        }
    }

    @Test
    void aSenderCanWaitForASlowReceiver() throws Exception {
        try (var server = serve(settings(MIB, MIB, LONG), Execution.ADAPTIVE, (recorded, text) -> {
                    String message = "*".repeat(500_000);
                    for (int i = 0; i < 40; i++) { // 20 MB, far more than may wait
                        recorded.session.send(message).toCompletableFuture().join();
                    }
                    return null;
                });
                var client = new FrameClient(server.address(), "/")) {
            client.send("T:go");
            for (int i = 0; i < 40; i++) {
                assertEquals("T*500000", client.read());
            }
        }
    }

    // ---- ends

    @Test
    void closesFromOurSide() throws Exception {
        try (var server = serve(echo());
                var client = new FrameClient(server.address(), "/")) {
            Recorded recorded = next();
            recorded.session.send("last");
            recorded.session.close(4001, "enough");
            recorded.session.close(4002, "again");
            assertFalse(recorded.session.isOpen());
            assertThrows(
                    ExecutionException.class,
                    () -> recorded.session.send("late").toCompletableFuture().get(30, TimeUnit.SECONDS));
            assertEquals("T:last", client.read());
            assertEquals("CLOSE=4001", client.read());
            client.send("T:ignored CLOSE=4001");
            assertEquals("", client.readToEnd());
            assertEquals(new CloseReason(4001, "enough"), recorded.closeReason());
        }
    }

    @Test
    void endsTheConnectionWhereAClientDoesNotAnswerAClose() throws Exception {
        try (var server = serve(echo());
                var client = new FrameClient(server.address(), "/")) {
            Recorded recorded = next();
            recorded.session.close();
            assertEquals("CLOSE=1000", client.readToEnd());
            client.raw().socket().close(); // the handler is told when the connection has gone
            assertEquals(CloseReason.NORMAL, recorded.closeReason().code());
        }
    }

    @Test
    void rejectsCodesThatNobodyMaySend() throws Exception {
        try (var server = serve(echo());
                var client = new FrameClient(server.address(), "/")) {
            WebSocketSession session = next().session;
            assertThrows(IllegalArgumentException.class, () -> session.close(1006, ""));
            assertThrows(IllegalArgumentException.class, () -> session.close(1000, "x".repeat(124)));
            assertTrue(session.isOpen());
            assertEquals("T:x", client.send("T:x").read());
        }
    }

    @Test
    void noticesAClientThatIsKilled() throws Exception {
        try (var server = serve(echo())) {
            var client = new FrameClient(server.address(), "/");
            Recorded recorded = next();
            client.raw().socket().setSoLinger(true, 0);
            client.close();
            assertEquals(CloseReason.ABNORMAL, recorded.closeReason().code());
            assertFalse(recorded.session.isOpen());
        }
    }

    @Test
    void handlesWhatCameBeforeAClientHangsUp() throws Exception {
        var handled = new LinkedBlockingQueue<String>();
        try (var server = serve((recorded, text) -> {
            handled.add(text);
            return null;
        })) {
            try (var client = new FrameClient(server.address(), "/")) {
                client.send("T:one T:two");
            }
            assertEquals(CloseReason.ABNORMAL, next().closeReason().code());
            assertEquals(List.of("one", "two"), List.copyOf(handled));
        }
    }

    @Test
    void pingsAnIdleClientAndClosesOneThatDoesNotAnswer() throws Exception {
        try (var server = serve(settings(MIB, MIB, PATIENT), Execution.ADAPTIVE, echo());
                var client = new FrameClient(server.address(), "/")) {
            for (int i = 0; i < 2; i++) {
                assertEquals("PING", client.read());
                client.send("PONG");
            }
            assertEquals("PING CLOSE=1001", client.readToEnd());
            client.raw().socket().close(); // the handler is told when the connection has gone
            assertEquals(CloseReason.GOING_AWAY, next().closeReason().code());
        }
    }

    @Test
    void sayGoodbyeWhenTheServerStops() throws Exception {
        try (var server = serve(echo());
                var client = new FrameClient(server.address(), "/")) {
            Recorded recorded = next();
            var stop = new Thread(server::close);
            stop.start();
            assertEquals("CLOSE=1001", client.read());
            client.send("CLOSE=1001");
            assertEquals("", client.readToEnd());
            stop.join();
            assertTrue(recorded.closed.isDone());
            assertEquals(CloseReason.GOING_AWAY, recorded.closeReason().code());
        }
    }

    // ---- many

    @Test
    void serveAThousandSessionsWithoutAThreadEach() throws Exception {
        int count = 1_000;
        var rooms = new SessionRooms(value -> new byte[0]);
        try (var server = serve(echo());
                var clients = new Clients<FrameClient>()) {
            int threads = Thread.activeCount();
            for (int i = 0; i < count; i++) {
                clients.add(new FrameClient(server.address(), "/"));
                rooms.join("all", next().session);
            }
            rooms.broadcast("all", "hello");
            rooms.broadcast("all", new byte[] {1});
            for (FrameClient client : clients) {
                assertEquals("T:hello", client.read());
                assertEquals("B<01>", client.read());
                assertEquals("T:x", client.send("T:x").read());
            }
            assertTrue(Thread.activeCount() < threads + 20, Thread.activeCount() + " threads");
            assertEquals(count, rooms.members("all").size());
        }
        assertEquals(0, rooms.members("all").size());
    }

    /** A user's own session, whose sends take long. */
    private static WebSocketSession waiting(CountDownLatch entered, CountDownLatch go) {
        WebSocketSession session = mock(WebSocketSession.class);
        when(session.send("all")).thenAnswer(call -> {
            entered.countDown();
            await(go);
            return null;
        });
        return session;
    }

    @Test
    void nobodyWaitsForABroadcastToComeOrGo() throws Exception {
        var rooms = new SessionRooms(value -> new byte[0]);
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var server = serve(echo())) {
            var client = new FrameClient(server.address(), "/");
            var stays = new FrameClient(server.address(), "/");
            Recorded ends = next();
            Recorded other = next();
            WebSocketSession slow = waiting(entered, go);
            rooms.join("a", slow);
            rooms.join("a", ends.session);
            rooms.join("a", other.session);
            var broadcast = new Thread(() -> rooms.broadcast("a", "all"));
            broadcast.start();
            await(entered);
            assertEquals("T:all", client.read());
            client.close();
            ends.closeReason();
            assertEquals("T:all", stays.read());
            rooms.broadcast("a", "next");
            assertEquals("T:next", stays.read());
            rooms.leave("a", slow);
            assertEquals(Set.of(other.session), rooms.members("a"));
            go.countDown();
            broadcast.join();
            stays.close();
        }
    }

    /** Many sessions come and go while others broadcast: each message reaches those that stay, in one order. */
    @Test
    void broadcastsReachAllWhoStayInOneOrder() throws Exception {
        var rooms = new SessionRooms(value -> new byte[0]);
        int messages = 300;
        try (var server = serve(settings(MIB, 16 * MIB, LONG), Execution.ADAPTIVE, echo());
                var one = new FrameClient(server.address(), "/");
                var two = new FrameClient(server.address(), "/")) {
            rooms.join("a", next().session);
            rooms.join("a", next().session);
            WebSocketSession other = mock(WebSocketSession.class);
            var threads = new ArrayList<Thread>();
            for (String name : List.of("x", "y", "z")) {
                threads.add(new Thread(() -> {
                    for (int i = 0; i < messages; i++) {
                        rooms.broadcast("a", name + i);
                        rooms.join("a", other);
                        rooms.leave("a", other);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (int i = 0; i < 3 * messages; i++) {
                assertEquals(one.read(), two.read());
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(2, rooms.members("a").size());
        }
    }

    @Test
    void roomsKnowWhoIsThere() throws Exception {
        var rooms = new SessionRooms(value -> ("json " + value).getBytes(StandardCharsets.US_ASCII));
        try (var server = serve(echo());
                var one = new FrameClient(server.address(), "/")) {
            Recorded first = next();
            var two = new FrameClient(server.address(), "/");
            Recorded second = next();
            rooms.join("a", first.session);
            rooms.join("a", first.session);
            rooms.join("a", second.session);
            rooms.join("b", second.session);
            assertEquals(Set.of(first.session, second.session), rooms.members("a"));
            rooms.leave("a", second.session);
            rooms.broadcastJson("a", 1);
            rooms.broadcast("b", "only b");
            rooms.broadcast("nobody", "lost");
            assertEquals("T:json_1", one.read());
            assertEquals("T:only_b", two.read());
            assertEquals("CLOSE=1000", two.send("CLOSE=1000").readToEnd());
            second.closeReason();
            assertEquals(Set.of(), rooms.members("b"));
            two.close();
            rooms.join("b", second.session);
            assertEquals(Set.of(), rooms.members("b"));
        }
    }
}
