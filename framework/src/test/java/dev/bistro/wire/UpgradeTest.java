package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.Takeover;
import dev.bistro.http.spi.UpgradePayload;
import dev.bistro.net.Connection;
import dev.bistro.net.Input;
import dev.bistro.net.Output;
import dev.bistro.net.Protocol;
import dev.bistro.net.ProtocolFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are handed over to another protocol: {@link UpgradePayload}. */
@Timeout(60)
class UpgradeTest {
    private static final Headers HEADERS = Headers.of("Upgrade", "shout");
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: shout\r\n\r\n";

    /** Echoes each complete line in capitals. */
    private static final class Shout implements Takeover, ProtocolFactory, Protocol {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final CompletableFuture<Connection> connection = new CompletableFuture<>();

        @Override
        public Protocol open(Connection opened) {
            opened.clearDeadline();
            connection.complete(opened);
            return this;
        }

        @Override
        public boolean onInput(Connection owner, Input input, Output output) {
            int start = input.position();
            for (int i = start; i < input.limit(); i++) {
                if (input.array()[i] == '\n') {
                    for (; start <= i; start++) {
                        output.write(Character.toUpperCase(input.array()[start]));
                    }
                }
            }
            input.position(start);
            return false;
        }

        @Override
        public void onDeadline(Connection owner, Output output) {
            throw new IllegalStateException();
        }

        @Override
        public void onWake(Connection owner, Output output) {
            output.writeLatin1("woken\n");
        }

        @Override
        public void onStopping(Connection owner, Output output) {
            output.writeLatin1("bye\n");
            owner.end();
        }

        @Override
        public void onClosed(Connection owner) {
            closed.countDown();
        }
    }

    private static EngineServer serving(Takeover takeover, Execution execution) throws Exception {
        var response = Response.of(Status.of(101), HEADERS, (Payload) new UpgradePayload(takeover));
        return EngineServer.builder().at("/", execution, request -> response).start();
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void handsTheConnectionOverWithWhatWasSentEarly(Execution execution) throws Exception {
        var shout = new Shout();
        try (var server = serving(shout, execution);
                var client = new RawClient(server.address())) {
            String head = client.send(REQUEST + "early\nhal").readHead();
            assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\nUpgrade: shout\r\n"), head);
            assertTrue(head.contains("\r\nConnection: Upgrade\r\n"), head);
            assertEquals("EARLY\n", client.read(6));
            assertEquals("HALF\n", client.send("f\n").read(5));
            shout.connection.get(20, TimeUnit.SECONDS).wake();
            assertEquals("woken\n", client.read(6));
            client.socket().close();
            assertTrue(shout.closed.await(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void tellsTheOtherProtocolThatTheServerStops() throws Exception {
        var shout = new Shout();
        try (var server = serving(shout, Execution.ADAPTIVE);
                var client = new RawClient(server.address())) {
            client.send(REQUEST).readHead();
            server.net().stop(Duration.ofSeconds(10));
            assertEquals("bye\n", client.readToEnd());
            assertTrue(shout.closed.await(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void answers500WhereNobodyCanTakeTheConnection() throws Exception {
        try (var server = serving(new Takeover() {}, Execution.ADAPTIVE);
                var client = new RawClient(server.address())) {
            String response = client.send(REQUEST).readResponse();
            assertTrue(response.startsWith("HTTP/1.1 500 "), response);
        }
    }

    /** A protocol that fails at its start. */
    private static final class Broken implements Takeover, ProtocolFactory {
        @Override
        public Protocol open(Connection opened) {
            throw new IllegalStateException("This protocol can't begin");
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void answers500WhereTheOtherProtocolCannotBegin(Execution execution) throws Exception {
        try (var server = serving(new Broken(), execution);
                var client = new RawClient(server.address())) {
            for (int i = 0; i < 2; i++) {
                String response = client.send(REQUEST).readResponse();
                assertTrue(response.startsWith("HTTP/1.1 500 ") && response.endsWith("The server failed."), response);
            }
        }
    }

    @Test
    void saysThatAnOfferOfAnotherProtocolIsAboutThisConnection() throws Exception {
        var response = EngineServer.text(Status.of(426), "shout").withHeader("Upgrade", "shout");
        try (var server = EngineServer.builder().at("/", request -> response).start();
                var client = new RawClient(server.address())) {
            String kept = client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
            assertTrue(kept.contains("\r\nConnection: Upgrade\r\n"), kept);
            String closed =
                    RawClient.exchange(server.address(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertTrue(closed.contains("\r\nConnection: Upgrade\r\n"), closed);
            assertTrue(closed.contains("\r\nConnection: close\r\n"), closed);
        }
    }
}
