package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.net.Connection;
import dev.bistro.net.Input;
import dev.bistro.net.Listener;
import dev.bistro.net.ListenerTls;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.net.Output;
import dev.bistro.net.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes between a socket and a protocol where TLS is spoken: real clients, and such as no library is. */
@Timeout(60)
class TlsSocketTest {
    private static final String ANSWER =
            "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nThis port speaks https.\n";
    private static final int MAX_OPENINGS = 20;
    private static final int MAX_BUFFERED = 200_000;

    private NetServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(Duration.ofSeconds(5));
        }
    }

    // ---- handshakes

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void sendsBackWhatComes(String version) throws IOException {
        start(Duration.ofSeconds(20));
        try (SSLSocket client = connect(version)) {
            for (int size : new int[] {1, 100, 16_384, 16_385, 200_000, 3}) {
                assertEquals(size, echoed(client, "x".repeat(size)).length());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void takesEachByteByItself(String version) throws IOException {
        start(Duration.ofSeconds(20));
        try (Socket socket = open()) {
            var client = new SlowClient(socket, TlsMode.clientEngine(version));
            client.shakeHands();
            client.send("hello");
            assertEquals("hello", client.receive(5));
            client.send("a", "b", "c"); // a record each, in one write
            assertEquals("abc", client.receive(3));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "G",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "hello"
            })
    void answersClientsThatDoNotSpeakTls(String said) throws IOException {
        start(Duration.ofSeconds(20));
        try (var socket = open()) {
            write(socket, said);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertEquals(ANSWER, answer);
            write(socket, "x".repeat(100_000)); // lingers: an answer that is being read isn't destroyed by a reset
        }
    }

    private static final List<String> NONSENSE = List.of(
            "\0",
            "\u0016\u0003\u0001\u0000\u0005hello",
            "\u0080\u002e\u0001",
            "\u0017\u0003\u0003\u0000\u0001x",
            " GET",
            "\r\n");

    /** All at once: most are closed only when their time is over. */
    @Test
    void closesConnectionsThatBeginWithNonsense() throws IOException {
        start(Duration.ofSeconds(2));
        try (var clients = new Clients<Socket>()) {
            for (String said : NONSENSE) {
                write(clients.add(open()), said);
            }
            for (int i = 0; i < NONSENSE.size(); i++) {
                byte[] end = readToEnd(clients.get(i));
                assertTrue(end.length == 0 || end[0] == 21, end.length + " bytes for number " + i);
            }
        }
        awaitNotOpened(NONSENSE.size());
        echoes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0016", "\u0016\u0003\u0001\u0002\u0000\u0001"})
    void closesWhatStallsInAHandshake(String said) throws IOException {
        start(Duration.ofMillis(300));
        try (var socket = open()) {
            write(socket, said);
            assertEquals(0, readToEnd(socket).length);
        }
        awaitNotOpened(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void letsNewHandshakesInWhereManyStall(String version) throws IOException {
        start(Duration.ofSeconds(60));
        try (var stalled = new Clients<Socket>()) {
            for (int i = 0; i < 3 * MAX_OPENINGS; i++) {
                write(stalled.add(open()), "\u0016\u0003\u0001");
                if (i % 10 == 0) {
                    echoes(version);
                }
            }
            awaitNotOpened(2 * MAX_OPENINGS);
            for (int oldest = 0; oldest < MAX_OPENINGS; oldest++) {
                assertEquals(0, readToEnd(stalled.get(oldest)).length);
            }
            echoes(version);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 300})
    void takesClientsThatLeaveInTheMiddleOfAHandshake(int bytes) throws IOException {
        start(Duration.ofSeconds(60));
        for (int i = 0; i < 10; i++) {
            try (var socket = open()) {
                byte[] hello = new SlowClient(socket, TlsMode.clientEngine("TLSv1.3")).hello();
                socket.getOutputStream().write(hello, 0, Math.min(bytes, hello.length));
            }
        }
        echoes();
        awaitClosed();
        assertEquals(0, server.statistics().bufferedBytes());
    }

    /** What brings a handshake no further can keep a loop busy, and costs the client next to nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0014\u0003\u0003\0\u0001\u0001", // the end of plain text (change_cipher_spec)
                "\u0015\u0003\u0001\0\u0002\u0001\u005a", // a warning
                "\u0015\u0003\u0001\0\0", // an alert without one
                "\u0016\u0003\u0001\0\0", // a handshake message without a byte
                "\u0016\u0003\u0001\0\u0004\0\0\0\0", // a request for a handshake (hello_request)
                "\u0017\u0003\u0003\0\0" // data without a byte
            })
    void closesAConnectionWhoseClientFloodsItWithinAHandshake(String record) throws IOException {
        start(Duration.ofSeconds(60));
        String flood = record.repeat(50_000);
        int count = 0;
        for (String version : List.of("", "TLSv1.2", "TLSv1.3")) {
            try (Socket socket = open()) {
                if (!version.isEmpty()) {
                    socket.getOutputStream().write(new SlowClient(socket, TlsMode.clientEngine(version)).hello());
                }
                try {
                    write(socket, flood);
                } catch (SocketException closed) {
                    // it was refused before its end
                }
                readToEnd(socket);
            }
            awaitNotOpened(++count);
        }
        echoes();
    }

    // ---- after the handshake

    /** A client that begins a handshake anew can have the server compute as much as it likes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void closesAConnectionOfTls12WhoseClientWantsAnotherHandshake(int exchanges) throws IOException {
        start(Duration.ofSeconds(20));
        try (SSLSocket client = connect("TLSv1.2")) {
            for (int i = 0; i < exchanges; i++) {
                echoed(client, "before");
            }
            assertThrows(IOException.class, () -> {
                client.startHandshake();
                echoed(client, "after");
                client.getInputStream().read();
            });
        }
        echoes();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void takesNewKeys(int updates) throws IOException {
        start(Duration.ofSeconds(20));
        try (SSLSocket client = connect("TLSv1.3")) {
            for (int i = 0; i < updates; i++) {
                client.startHandshake(); // under TLS 1.3 that is a KeyUpdate which asks for one of the server
                assertEquals("hello", echoed(client, "hello"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200})
    void closesAConnectionWhoseClientFloodsItWithNewKeys(int updates) throws IOException {
        start(Duration.ofSeconds(20));
        try (SSLSocket client = connect("TLSv1.3")) {
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < updates; i++) {
                    client.startHandshake();
                    echoed(client, "x");
                }
            });
        }
        echoes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void endsItsOutputBeforeItCloses(String version) throws IOException {
        start(Duration.ofSeconds(20));
        try (SSLSocket client = connect(version)) {
            write(client, "the end.");
            // without close_notify, reading throws
            assertEquals("the end.", new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void answersWhatCameTogetherWithTheEnd(String version) throws IOException {
        start(Duration.ofSeconds(20));
        try (Socket socket = open()) {
            var client = new SlowClient(socket, TlsMode.clientEngine(version));
            client.shakeHands();
            client.sendAndEnd("hello");
            assertEquals("hello", client.receive(5));
            client.awaitEnd();
        }
        awaitClosed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void closesAConnectionWithAForgedRecord(String version) throws IOException {
        start(Duration.ofSeconds(20));
        try (Socket socket = open()) {
            var client = new SlowClient(socket, TlsMode.clientEngine(version));
            client.shakeHands();
            write(socket, "\u0017\u0003\u0003\u0000\u0020" + "x".repeat(32));
            client.awaitEnd();
        }
        awaitClosed();
        assertEquals(0, server.statistics().bufferedBytes());
        assertEquals(0, server.statistics().failed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void keepsNothingOfAClientThatReadsNothing(String version) throws IOException {
        start(Duration.ofSeconds(20));
        Socket socket = open();
        try (SSLSocket client = TlsMode.client(socket, version)) {
            var sender = new Thread(() -> assertThrows(IOException.class, () -> write(client, "x".repeat(50_000_000))));
            sender.start();
            Await.until(() -> server.statistics().bufferedBytes() > 0);
            assertTrue(server.statistics().bufferedBytes() < 2_000_000, "back-pressure");
            breakOff(socket); // without TLS, whose end would wait for the sender
            server.stop(Duration.ZERO);
            assertEquals(0, server.statistics().bufferedBytes());
        }
    }

    private static void breakOff(Socket socket) throws IOException {
        socket.close();
    }

    // ---- records that come in part, which are kept until the rest is there

    /** The beginning of a record that announces 16 KiB. */
    private static String part(String type) {
        return type + "\u0003\u0003\u0040\0" + "x".repeat(15_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void dropsConnectionsWhoseRecordsInPartUseUpTheMemoryForAllClients(String version) throws IOException {
        start(Duration.ofSeconds(60), MAX_BUFFERED);
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * MAX_BUFFERED / 15_000; i++) {
                Socket socket = open();
                sockets.add(socket);
                echoed(TlsMode.client(socket, version), "x");
                write(socket, part("\u0017"));
            }
            awaitCutForMemory();
        } finally {
            close(sockets);
        }
    }

    @Test
    void dropsHandshakesWhoseRecordsInPartUseUpTheMemoryForAllClients() throws IOException {
        start(Duration.ofSeconds(60), MAX_BUFFERED);
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_OPENINGS; i++) {
                Socket socket = open();
                sockets.add(socket);
                write(socket, part("\u0016"));
            }
            awaitCutForMemory();
            echoes();
        } finally {
            close(sockets);
        }
    }

    /** What is in memory already can't be refused: it is above the limit until the dropped connection is closed. */
    private void awaitCutForMemory() {
        Await.until(() ->
                server.statistics().cutForMemory() > 0 && server.statistics().bufferedBytes() <= MAX_BUFFERED);
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    // ---- the server, and its clients

    private void start(Duration openingTimeout) throws IOException {
        start(openingTimeout, 0);
    }

    private void start(Duration openingTimeout, int maxBuffered) throws IOException {
        Listener plain = Listener.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var tls = new ListenerTls(TlsMode.tls().engines(), connection -> ANSWER.getBytes(StandardCharsets.US_ASCII));
        var listener = new Listener(plain.address(), plain.permissions(), plain.sendsProxyHeader(), Optional.of(tls));
        var settings = new NetSettings(
                List.of(listener),
                1,
                1_000,
                0,
                NetSettings.READ_BUFFER_BYTES,
                maxBuffered,
                MAX_OPENINGS,
                openingTimeout,
                Duration.ofSeconds(20),
                NetSettings.QUEUE_TIMEOUT);
        server = NetServer.start(settings, connection -> new Echo());
    }

    private void awaitNotOpened(int count) {
        Await.until(() ->
                server.statistics().failedHandshakes() + server.statistics().failed() >= count);
        assertEquals(0, server.statistics().failed());
    }

    private void awaitClosed() {
        Await.until(() -> server.statistics().open() == 0);
    }

    private void echoes() throws IOException {
        echoes("TLSv1.3");
    }

    private void echoes(String version) throws IOException {
        try (SSLSocket client = connect(version)) {
            assertEquals("still there", echoed(client, "still there"));
        }
    }

    private Socket open() throws IOException {
        var socket = new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private SSLSocket connect(String version) throws IOException {
        return TlsMode.client(open(), version);
    }

    private static String echoed(Socket client, String said) throws IOException {
        var writer = new Thread(() -> {
            try {
                write(client, said);
            } catch (IOException e) {
                // the reader notices
            }
        });
        writer.start();
        byte[] back = client.getInputStream().readNBytes(said.length());
        if (back.length < said.length()) {
            throw new SocketException("closed");
        }
        return new String(back, StandardCharsets.ISO_8859_1);
    }

    private static void write(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] readToEnd(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    /** Sends back what comes, and ends the connection after a full stop. */
    private static final class Echo implements Protocol {
        @Override
        public boolean onInput(Connection connection, Input input, Output output) {
            byte last = 0;
            int from = input.position();
            output.write(input.array(), from, input.remaining());
            if (input.remaining() > 0) {
                last = input.array()[input.limit() - 1];
            }
            input.position(input.limit());
            connection.setReading(!output.isCongested());
            if (last == '.') {
                connection.end();
            }
            return false;
        }

        @Override
        public void onDeadline(Connection connection, Output output) {}

        @Override
        public void onWake(Connection connection, Output output) {
            connection.setReading(true);
        }

        @Override
        public void onStopping(Connection connection, Output output) {
            connection.end();
        }

        @Override
        public void onClosed(Connection connection) {}
    }

    /** Speaks TLS by an engine, and sends each byte by itself. */
    private static final class SlowClient {
        private final Socket socket;
        private final SSLEngine engine;
        private final ByteBuffer received = ByteBuffer.allocate(40_000);
        private final ByteBuffer decrypted = ByteBuffer.allocate(40_000);

        SlowClient(Socket socket, SSLEngine engine) throws IOException {
            this.socket = socket;
            this.engine = engine;
            socket.setTcpNoDelay(true);
            engine.beginHandshake();
        }

        byte[] hello() throws IOException {
            return bytes(encrypt(""));
        }

        void shakeHands() throws IOException {
            HandshakeStatus status = engine.getHandshakeStatus();
            while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
                switch (status) {
                    case NEED_TASK -> engine.getDelegatedTask().run();
                    case NEED_WRAP -> trickle(encrypt(""));
                    default -> decrypt();
                }
                status = engine.getHandshakeStatus();
            }
        }

        void send(String... records) throws IOException {
            if (records.length == 1) {
                trickle(encrypt(records[0]));
                return;
            }
            ByteBuffer all = ByteBuffer.allocate(40_000);
            for (String record : records) {
                all.put(encrypt(record));
            }
            socket.getOutputStream().write(bytes(all.flip()));
        }

        void sendAndEnd(String text) throws IOException {
            ByteBuffer all = ByteBuffer.allocate(40_000).put(encrypt(text));
            engine.closeOutbound();
            socket.getOutputStream().write(bytes(all.put(encrypt("")).flip()));
        }

        String receive(int count) throws IOException {
            while (decrypted.position() < count) {
                decrypt();
            }
            String text = new String(decrypted.array(), 0, count, StandardCharsets.US_ASCII);
            decrypted.clear();
            return text;
        }

        /** Waits until the server has ended its output, or reset the connection. */
        void awaitEnd() throws IOException {
            readToEnd(socket);
        }

        private void trickle(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                socket.getOutputStream().write(bytes.get());
            }
        }

        private ByteBuffer encrypt(String text) throws IOException {
            ByteBuffer record = ByteBuffer.allocate(40_000);
            engine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), record);
            return record.flip();
        }

        private void decrypt() throws IOException {
            received.flip();
            Status status = engine.unwrap(received, decrypted).getStatus();
            received.compact();
            if (status == Status.BUFFER_UNDERFLOW) {
                InputStream input = socket.getInputStream();
                int count = input.read(received.array(), received.position(), received.remaining());
                if (count < 0) {
                    throw new SocketException("closed");
                }
                received.position(received.position() + count);
            }
        }

        private static byte[] bytes(ByteBuffer buffer) {
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
    }
}
