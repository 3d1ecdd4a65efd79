package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Headers;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.LiveBody;
import dev.bistro.http.spi.LivePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that grow as things happen: {@link LivePayload}. */
@Timeout(60)
class LiveTest {
    private static final String GET = "GET /live HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final byte[] NOTHING = new byte[0];

    /** A body of the pieces that a test adds, when it adds them. */
    private static class Script implements LiveBody {
        private final Queue<byte[]> pieces = new ConcurrentLinkedQueue<>();
        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicInteger closings = new AtomicInteger();
        private final Duration heartbeat;
        private volatile Runnable wake = () -> {};
        private volatile boolean complete;

        Script(Duration heartbeat) {
            this.heartbeat = heartbeat;
        }

        Script() {
            this(Duration.ofMinutes(5));
        }

        void say(String text) {
            pieces.add(text.getBytes(StandardCharsets.US_ASCII));
            wake.run();
        }

        void complete() {
            complete = true;
            wake.run();
        }

        @Override
        public void start(Runnable wakeUp) {
            wake = wakeUp;
            started.countDown();
        }

        @Override
        public byte[] next() {
            byte[] piece = pieces.poll();
            return piece == null ? NOTHING : piece;
        }

        @Override
        public boolean isComplete() {
            return complete && pieces.isEmpty();
        }

        @Override
        public Duration heartbeatInterval() {
            return heartbeat;
        }

        @Override
        public byte[] heartbeat() {
            return new byte[] {'.'};
        }

        @Override
        public void close() {
            closings.incrementAndGet();
            closed.countDown();
        }

        void awaitClosed() throws InterruptedException {
            assertTrue(closed.await(20, TimeUnit.SECONDS));
            assertEquals(1, closings.get());
        }
    }

    private static EngineServer.Builder serving(LiveBody body) {
        var headers = Headers.of("Content-Type", "text/plain");
        return EngineServer.builder()
                .at("/live", request -> Response.of(Status.OK, headers, new LivePayload(body)))
                .at("/next", request -> EngineServer.text(Status.OK, "next"));
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static void assertReads(String expected, RawClient client) throws IOException {
        assertEquals(expected, client.read(expected.length()));
    }

    @Test
    void sendsWhatThereIsWhenItIsThere() throws Exception {
        var body = new Script();
        try (var server = serving(body).start();
                var client = new RawClient(server.address())) {
            body.say("first");
            String head = client.send(GET).readHead();
            assertTrue(head.contains("\r\nTransfer-Encoding: chunked\r\n"), head);
            assertReads(chunk("first"), client);
            body.say("second");
            assertReads(chunk("second"), client);
            body.say("third");
            body.complete();
            assertReads(chunk("third") + "0\r\n\r\n", client);
            body.awaitClosed();
            assertTrue(client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
                    .readResponse()
                    .endsWith("next"));
        }
    }

    @Test
    void sendsAllThatManyThreadsSayOnceAndInTheirOrder() throws Exception {
        int each = 5_000;
        var body = new Script();
        try (var server = serving(body).start();
                var client = new RawClient(server.address())) {
            client.send(GET).readHead();
            var one = new Thread(() -> sayNumbers(body, 'a', each));
            var other = new Thread(() -> sayNumbers(body, 'b', each));
            one.start();
            other.start();
            one.join();
            other.join();
            body.complete();
            String all = client.send("GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .readToEnd();
            for (char name : new char[] {'a', 'b'}) {
                int at = 0;
                for (int i = 0; i < each; i++) {
                    at = all.indexOf("\r\n" + name + i + "\r\n", at);
                    assertTrue(at >= 0, name + " " + i);
                }
            }
            assertTrue(all.endsWith("next"), "what was pipelined behind it is answered");
        }
    }

    private static void sayNumbers(Script body, char name, int count) {
        for (int i = 0; i < count; i++) {
            body.say(name + String.valueOf(i));
        }
    }

    @Test
    void beatsWhileThereIsNothing() throws Exception {
        var body = new Script(Duration.ofMillis(1));
        try (var server = serving(body).start();
                var client = new RawClient(server.address())) {
            client.send(GET).readHead();
            assertReads(chunk(".") + chunk("."), client);
        }
    }

    @Test
    void letsGoOfTheBodyWhenTheClientGoes() throws Exception {
        var body = new Script();
        try (var server = serving(body).start()) {
            try (var client = new RawClient(server.address())) {
                client.send(GET).readHead();
                assertTrue(body.started.await(20, TimeUnit.SECONDS));
            }
            body.awaitClosed();
            body.say("nobody hears this");
        }
    }

    @Test
    void endsTheBodyWhenTheServerStops() throws Exception {
        var body = new Script();
        try (var server = serving(body).start();
                var client = new RawClient(server.address())) {
            client.send(GET).readHead();
            server.net().stop(Duration.ofSeconds(10));
            assertEquals("0\r\n\r\n", client.readToEnd());
            body.awaitClosed();
        }
    }

    @Test
    void letsGoOfABodyThatComesAfterTheServerHasStopped() throws Exception {
        var body = new Script();
        var begun = new CountDownLatch(1);
        var gate = new Semaphore(0);
        try (var server = EngineServer.builder()
                        .at("/live", Execution.BLOCKING, request -> {
                            begun.countDown();
                            gate.acquireUninterruptibly();
                            return Response.ok(new LivePayload(body));
                        })
                        .start();
                var client = new RawClient(server.address())) {
            client.send(GET);
            begun.await();
            server.net().stop(Duration.ZERO);
            gate.release();
            body.awaitClosed();
        } finally {
            gate.release();
        }
    }

    @Test
    void aBodyThatFailsClosesItsConnectionAndNoOther() throws Exception {
        var body = new Script(Duration.ofMillis(1)) {
            @Override
            public byte[] heartbeat() {
                throw new IllegalStateException("This body fails");
            }
        };
        try (var server = serving(body).start();
                var client = new RawClient(server.address());
                var other = new RawClient(server.address())) {
            client.send(GET).readHead();
            client.readToEnd();
            body.awaitClosed();
            assertTrue(other.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
                    .readResponse()
                    .endsWith("next"));
        }
    }

    @Test
    void aBodyThatCannotBeClosedLeavesNoConnectionBehind() throws Exception {
        var body = new Script() {
            @Override
            public void close() {
                super.close();
                throw new IllegalStateException("This body can't be closed");
            }
        };
        try (var server = serving(body).start()) {
            try (var client = new RawClient(server.address())) {
                client.send(GET).readHead();
            }
            body.awaitClosed();
            server.net().stop(Duration.ofSeconds(20));
            assertEquals(0, server.net().statistics().open());
        }
    }

    @Test
    void sendsWhatIsSaidJustBeforeTheEnd() throws Exception {
        var body = new Script() {
            private final AtomicBoolean said = new AtomicBoolean();

            @Override
            public boolean isComplete() {
                if (said.compareAndSet(false, true)) {
                    say("last");
                }
                return true;
            }
        };
        try (var server = serving(body).start();
                var client = new RawClient(server.address())) {
            client.send(GET).readHead();
            assertReads(chunk("last") + "0\r\n\r\n", client);
            body.awaitClosed();
        }
    }

    @Test
    void keepsOnePieceForAClientThatTakesNothing() throws Exception {
        var given = new AtomicLong();
        var endless = new Script() {
            @Override
            public byte[] next() {
                given.addAndGet(10_000);
                return new byte[10_000];
            }
        };
        try (var server = serving(endless).writeTimeout(Duration.ofMillis(500)).start();
                var client = new RawClient(server.address())) {
            client.socket().setReceiveBufferSize(4 * 1024);
            client.send(GET);
            endless.awaitClosed();
            assertTrue(given.get() < 50_000_000, given + " bytes were taken from the body, for nobody");
        }
    }

    @Test
    void answersHeadWithoutTheBody() throws Exception {
        var body = new Script();
        try (var server = serving(body).start();
                var client = new RawClient(server.address())) {
            client.send("HEAD /live HTTP/1.1\r\nHost: a\r\n\r\n").readHead();
            body.awaitClosed();
            assertEquals(1, body.started.getCount(), "it never began");
            assertTrue(client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
                    .readResponse()
                    .endsWith("next"));
        }
    }

    @Test
    void endsWithTheConnectionForAClientOfHttp10() throws Exception {
        var body = new Script();
        body.say("all");
        body.complete();
        try (var server = serving(body).start()) {
            String response = RawClient.exchange(server.address(), "GET /live HTTP/1.0\r\n\r\n");
            assertFalse(response.contains("chunked"), response);
            assertTrue(response.endsWith("\r\n\r\nall"), response);
        }
    }

    @Test
    void isLeftUncompressed() throws Exception {
        var body = new Script();
        body.say("all");
        body.complete();
        try (var server = serving(body).coded(0).start()) {
            String response = RawClient.exchange(
                    server.address(),
                    "GET /live HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");
            assertTrue(response.endsWith("\r\n\r\n" + chunk("all") + "0\r\n\r\n"), response);
        }
    }
}
