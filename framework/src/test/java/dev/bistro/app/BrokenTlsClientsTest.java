package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Server;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import dev.bistro.wire.Await;
import dev.bistro.wire.Clients;
import dev.bistro.wire.Command;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that leave, stall, or send what makes no sense, at each stage of a connection: after each, the server holds
 * nothing of them, nothing has failed in it, and others are served.
 */
@Timeout(120)
class BrokenTlsClientsTest {
    private static final String PROXY_HEADER = "PROXY TCP4 192.0.2.1 192.0.2.2 1000 443\r\n";
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final int STALLED = 500;
    private static final int SMALL_BUFFER = 16_384;

    @TempDir
    static Path folder;

    private static TestAuthority root;
    private static SSLContext clients;
    private static Server server;

    /** Behind a proxy that passes TLS through. */
    private static Server proxied;

    @BeforeAll
    static void start() {
        Command.assumeInstalled("openssl");
        root = TestAuthority.create(folder);
        TestCertificate certificate = root.server("localhost", "127.0.0.1");
        clients = root.client("Ada").context(root);
        server = TlsApplication.with(certificate)
                .set("server.tls.client-auth", "want")
                .set("server.tls.client-ca", root.own().file().toString())
                .set("server.write-timeout", "1s")
                .set("server.tls.handshake-timeout", "60s")
                .start();
        proxied = TlsApplication.with(certificate)
                .set("server.proxy.protocol", "true")
                .set("server.proxy.trusted", "127.0.0.1")
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            proxied.close();
        }
    }

    @AfterEach
    void returnsToRest() throws IOException {
        try (RawClient client = new RawClient(speak(open(server), "TLSv1.3"))) {
            assertAnswered(client.send(REQUEST).readToEnd());
        }
        try (RawClient client = new RawClient(speak(openProxied(), "TLSv1.3"))) {
            assertAnswered(client.send(REQUEST).readToEnd());
        }
        for (Server each : List.of(server, proxied)) {
            Await.until(() -> each.statistics().openConnections() == 0
                    && each.statistics().bufferedBytes() == 0
                    && each.statistics().requestsUnderWay() == 0);
            assertEquals(0, each.statistics().failedConnections());
            assertEquals(0, each.statistics().queuedHandlers());
        }
    }

    private static void assertAnswered(String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 200 OK") && answer.endsWith("\r\n\r\nhello"), answer);
    }

    private static Socket open(Server to) throws IOException {
        return connect(new Socket(), to);
    }

    private static Socket connect(Socket socket, Server to) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to.port()));
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static Socket openProxied() throws IOException {
        Socket socket = open(proxied);
        write(socket, PROXY_HEADER);
        return socket;
    }

    private static SSLSocket speak(Socket plain, String version) throws IOException {
        var socket = (SSLSocket) clients.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return socket;
    }

    private static void write(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What the first flight of a client is. */
    private static byte[] hello(String version, String name, String... protocols) throws SSLException {
        SSLEngine engine = clients.createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        ByteBuffer flight = ByteBuffer.allocate(200_000);
        int before;
        do {
            before = flight.position();
            engine.wrap(ByteBuffer.allocate(0), flight);
        } while (flight.position() > before);
        return Arrays.copyOf(flight.array(), flight.position());
    }

    private static byte[] readToEnd(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    // ---- clients that stop half way

    /** How far a client gets. */
    enum Stage {
        CONNECTED,
        PROXY_HEADER_BEGUN,
        PROXY_HEADER_SENT,
        HELLO_BEGUN,
        HELLO_SENT,
        HANDSHAKE_DONE,
        REQUEST_BEGUN,
        BODY_BEGUN,
        ANSWER_BEGUN;

        void reach(Socket socket, String version) throws IOException {
            if (this == PROXY_HEADER_BEGUN) {
                write(socket, PROXY_HEADER.substring(0, 20));
            } else if (this != CONNECTED) {
                write(socket, PROXY_HEADER);
            }
            byte[] hello = hello(version, "localhost");
            switch (this) {
                case CONNECTED, PROXY_HEADER_BEGUN, PROXY_HEADER_SENT -> {}
                case HELLO_BEGUN -> socket.getOutputStream().write(hello, 0, 50);
                case HELLO_SENT -> {
                    socket.getOutputStream().write(hello);
                    assertNotEquals(-1, socket.getInputStream().read());
                }
                case HANDSHAKE_DONE -> speak(socket, version);
                case REQUEST_BEGUN -> write(speak(socket, version), REQUEST.substring(0, 20));
                case BODY_BEGUN ->
                    write(
                            speak(socket, version),
                            "PUT /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nbegun");
                case ANSWER_BEGUN -> {
                    SSLSocket client = speak(socket, version);
                    write(client, "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    assertEquals('H', client.getInputStream().read());
                }
            }
        }
    }

    /** How it ends: with its input unread, by a reset, or by the end of its own output alone. */
    enum End {
        CLOSE,
        RESET,
        HALF_CLOSE;

        void of(Socket socket) throws IOException {
            switch (this) {
                case CLOSE -> {}
                case RESET -> socket.setSoLinger(true, 0);
                case HALF_CLOSE -> {
                    socket.shutdownOutput();
                    readToEnd(socket); // the server closes too
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsNothingOfAClientThatLeaves(Stage stage) throws IOException {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            for (End end : End.values()) {
                for (int i = 0; i < 3; i++) {
                    try (Socket socket = open(proxied)) {
                        stage.reach(socket, version);
                        end.of(socket);
                    }
                }
            }
        }
    }

    @Test
    void servesOthersWhileManyStallInAHandshake() throws IOException {
        byte[] hello = hello("TLSv1.3", "localhost");
        try (var stalled = new Clients<Socket>()) {
            for (int i = 0; i < STALLED; i++) {
                Socket socket = stalled.add(open(server));
                int[] lengths = {0, 5, hello.length / 2, hello.length}; // the last gets an answer, and never replies
                socket.getOutputStream().write(hello, 0, lengths[i % lengths.length]);
                if (i % 25 == 0) {
                    assertServed();
                }
            }
            for (int i = 0; i < 20; i++) {
                assertServed();
            }
            Await.until(() -> server.statistics().openConnections() <= STALLED); // the good ones have gone
            assertEquals(STALLED, server.statistics().openConnections(), "none was dropped to make room");
        }
    }

    private static void assertServed() throws IOException {
        try (RawClient client = new RawClient(speak(open(server), "TLSv1.3"))) {
            assertAnswered(client.send(REQUEST).readToEnd());
        }
    }

    // ---- clients that are slow

    @Test
    void holdsLittleForThoseThatReadNothing() throws IOException {
        long slowBefore = server.statistics().slowReaders();
        int count = 6;
        try (var readers = new Clients<Socket>()) {
            for (int i = 0; i < count; i++) {
                var socket = new Socket();
                socket.setReceiveBufferSize(SMALL_BUFFER); // the system would take megabytes for it
                Socket client = readers.add(speak(connect(socket, server), "TLSv1.3"));
                write(
                        client,
                        "GET " + (i % 2 == 0 ? "/file" : "/static/large.bin") + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertEquals('H', client.getInputStream().read());
            }
            assertTrue(server.statistics().bufferedBytes() < count * 200_000L, "back-pressure");
            Await.until(() -> server.statistics().slowReaders() >= slowBefore + count);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void sendsAFileToAClientThatTakesItInBits(String version) throws IOException {
        try (SSLSocket client = speak(open(server), version)) {
            write(client, "GET /static/large.bin HTTP/1.0\r\n\r\n");
            byte[] file = Files.readAllBytes(TlsApplication.largeFile());
            var received = new byte[file.length + 1_000];
            int count = 0;
            for (int size = 1; size > 0; ) {
                size = client.getInputStream()
                        .read(received, count, Math.min(1 + count % 7_000, received.length - count));
                count += Math.max(size, 0);
            }
            assertEquals(-1, Arrays.mismatch(file, Arrays.copyOfRange(received, count - file.length, count)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void takesABodyOfManySmallRecords(String version) throws IOException {
        try (SSLSocket socket = speak(open(server), version)) {
            socket.setTcpNoDelay(true);
            write(socket, "PUT /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n\r\n");
            for (int i = 0; i < 10_000; i++) {
                socket.getOutputStream().write('x');
            }
            var client = new RawClient(socket);
            assertTrue(client.readResponse().endsWith("\r\n\r\n10000"));
        }
    }

    // ---- clients that send nonsense

    /** Sends it, and returns the type of the record that comes first: an alert or a handshake; -1 for none. */
    private static int answerTo(byte[] bytes) throws IOException {
        try (Socket socket = open(server)) {
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
            } catch (SocketException closed) {
                return -1;
            }
            byte[] answer = readToEnd(socket);
            return answer.length == 0 ? -1 : answer[0];
        }
    }

    @Test
    void refusesHellosWithAnyByteChanged() throws IOException {
        var random = new Random(16);
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            byte[] hello = hello(version, "shop.example", "http/1.1");
            for (int i = 0; i < 300; i++) {
                byte[] changed = hello.clone();
                for (int count = random.nextInt(3); count >= 0; count--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                int type = answerTo(changed);
                // 21 and 22 are an alert and a handshake; what begins with a letter is answered as plain HTTP
                assertTrue(type == -1 || type == 21 || type == 22 || type == 'H', "record " + type + " at " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\u00ff", " ", "..", "/", "\u0000\u0000\u0003a.b", "\r\n"})
    void takesNamesOfAnyBytes(String odd) throws IOException {
        String name = "shop-shop-shop.example";
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            String hello = new String(hello(version, name, "http/1.1"), StandardCharsets.ISO_8859_1);
            assertTrue(hello.contains(name));
            String other = (odd + name).substring(0, name.length());
            int type = answerTo(hello.replace(name, other).getBytes(StandardCharsets.ISO_8859_1));
            assertTrue(type == 21 || type == 22, "an alert or the server's hello, but not " + type);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 8_000})
    void takesOrRefusesManyProtocols(int count) throws IOException {
        String[] offered = IntStream.range(0, count).mapToObj(i -> "p" + i).toArray(String[]::new);
        offered[count - 1] = "http/1.1";
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            int type = answerTo(hello(version, "localhost", offered));
            assertTrue(count == 8_000 ? type != 22 : type == 22, "record " + type);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 50, 500})
    void takesNoClientWithAHugeChain(int length) throws IOException {
        TestCertificate ada = root.client("Ada");
        String issuer = Files.readString(root.own().file());
        Path chain = Files.writeString(folder.resolve("chain" + length), issuer.repeat(length));
        for (String option : List.of("-tls1_2", "-tls1_3")) {
            Command.Output answer = Command.of("openssl", "s_client", option, "-connect", "127.0.0.1:" + server.port())
                    .with("-cert", ada.file().toString(), "-key", ada.key().toString())
                    .with("-cert_chain", chain.toString(), "-ign_eof")
                    .withInput(REQUEST)
                    .run();
            assertTrue(length == 5 || !answer.out().contains("HTTP/1.1"), () -> answer.out());
        }
    }
}
