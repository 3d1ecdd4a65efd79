package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.http.Request;
import dev.bistro.wire.Await;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What an application sees of clients whose proxy speaks the PROXY protocol, and who is refused. */
@Timeout(60)
class ProxyProtocolTest {
    private static final String HEADER = "PROXY TCP4 203.0.113.9 192.0.2.1 5555 443\r\n";
    private static final String OTHER = "PROXY TCP4 203.0.113.10 192.0.2.1 5555 443\r\n";
    private static final String VERSION_2 = "\r\n\r\n\0\r\nQUIT\n";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";

    @Route("/")
    static final class Who {
        @Get
        String who(Request request) {
            return request.scheme() + " " + request.remoteAddress().getAddress().getHostAddress() + " "
                    + request.header("X-Forwarded-For").isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROXY TCP4 203.0.113.9 192.0.2.1 5555 443\\r\\n             |                          | http 203.0.113.9 false
            PROXY TCP4 203.0.113.9 192.0.2.1 5555 443\\r\\n             | X-Forwarded-For: 8.8.8.8 | http 203.0.113.9 false
            PROXY TCP6 2001:db8::9 2001:db8::1 5555 443\\r\\n           |                          | http 2001:db8:0:0:0:0:0:9 false
            PROXY TCP4 127.0.0.1 192.0.2.1 5555 443\\r\\n               | X-Forwarded-For: 8.8.8.8 | http 8.8.8.8 true
            PROXY UNKNOWN\\r\\n                                         |                          | http 127.0.0.1 false
            PROXY UNKNOWN\\r\\n                                         | X-Forwarded-For: 8.8.8.8 | http 127.0.0.1 false
            2!\\x11\\x00\\x0c\\xcb\\x00\\x71\\x09\\xc0\\x00\\x02\\x01\\x15\\xb3\\x01\\xbb |              | http 203.0.113.9 false
            2\\x20\\x00\\x00\\x00                                       |                          | http 127.0.0.1 false
            2\\x20\\x00\\x00\\x00                                       | X-Forwarded-For: 8.8.8.8 | http 127.0.0.1 false
            """)
    void tellsOfTheClient(String header, String field, String expected) throws IOException {
        try (Server server = trusting("127.0.0.1").start()) {
            String request = bytes(header) + GET + (field == null ? "" : field + "\r\n") + "\r\n";
            assertEquals(expected, body(RawClient.exchange(server.address(), request)));
        }
    }

    /** A header that is missing or broken closes the connection: nothing is guessed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                GET + "\r\n",
                "PROXY TCP4 203.0.113.9 192.0.2.1 5555\r\n" + GET + "\r\n",
                "PROXY TCP4 localhost 192.0.2.1 5555 443\r\n" + GET + "\r\n",
                "proxy TCP4 203.0.113.9 192.0.2.1 5555 443\r\n" + GET + "\r\n",
                "\u0016\u0003\u0001"
            })
    void closesTheConnectionOfAProxyWithoutAHeader(String sent) throws IOException {
        try (Server server = trusting("127.0.0.1").start()) {
            assertEquals("", answer(server, sent));
            assertEquals("http 203.0.113.9 false", body(RawClient.exchange(server.address(), HEADER + GET + "\r\n")));
        }
    }

    /** Without a word in the log, a proxy that doesn't send the header would be hard to find. */
    @Test
    void warnsOnceOfAProxyWithoutAHeader() throws IOException {
        var events = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("dev.bistro.net.Opening");
        events.start();
        logger.addAppender(events);
        try (Server server = trusting("127.0.0.1").start()) {
            assertEquals("", answer(server, GET + "\r\n"));
            assertEquals("", answer(server, GET + "\r\n"));
            assertEquals("http 203.0.113.9 false", body(RawClient.exchange(server.address(), HEADER + GET + "\r\n")));
        } finally {
            logger.detachAppender(events);
        }
        List<ILoggingEvent> warnings = events.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .toList();
        assertEquals(1, warnings.size());
        assertEquals(
                "A connection from 127.0.0.1 was closed: The PROXY header doesn't begin with PROXY or the"
                        + " signature of version 2. With server.proxy.protocol, each one from there has to begin with a"
                        + " header of the PROXY protocol. This is said once",
                warnings.get(0).getFormattedMessage());
    }

    /** A header of somebody else is no request, and isn't believed. */
    @ParameterizedTest
    @ValueSource(strings = {HEADER, VERSION_2 + "\u0020\0\0\0"})
    void refusesTheHeaderOfSomebodyElse(String header) throws IOException {
        try (Server server = trusting("10.0.0.0/8").start()) {
            String answer = answer(server, header + GET + "\r\n");
            assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400 "), answer);
            assertEquals("http 127.0.0.1 false", body(RawClient.exchange(server.address(), GET + "\r\n")));
        }
    }

    @Test
    void countsTheConnectionsOfTheClientAndNotOfTheProxy() throws IOException {
        try (Server server = trusting("127.0.0.1")
                        .set("server.max-connections-per-address", "2")
                        .start();
                RawClient first = open(server, HEADER);
                RawClient second = open(server, HEADER);
                RawClient third = new RawClient(server.address());
                RawClient another = open(server, OTHER);
                RawClient hidden = open(server, "PROXY UNKNOWN\r\n")) {
            assertEquals("", third.send(HEADER).readToEnd());
            String request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
            for (RawClient client : new RawClient[] {first, another, hidden}) {
                assertTrue(client.send(request).readResponse().startsWith("HTTP/1.1 200"));
            }
            second.send(GET + "\r\n").readToEnd();
            Await.until(() -> server.statistics().openConnections() <= 3);
            try (RawClient again = open(server, HEADER)) {
                assertTrue(again.send(request).readResponse().startsWith("HTTP/1.1 200"));
            }
        }
    }

    /** The header comes before the handshake, whoever ends TLS. */
    @Test
    void tellsOfTheClientOverTls() throws IOException, GeneralSecurityException {
        BistroBuilder application = trusting("127.0.0.1").set("server.tls.development", "true");
        try (Server server = application.start();
                Socket plain = new Socket("127.0.0.1", server.port())) {
            plain.getOutputStream().write(HEADER.getBytes(StandardCharsets.US_ASCII));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {server.trustManager()}, null);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", server.port(), true)) {
                socket.getOutputStream().write((GET + "\r\n").getBytes(StandardCharsets.US_ASCII));
                byte[] answer = socket.getInputStream().readAllBytes();
                assertEquals("https 203.0.113.9 false", body(new String(answer, StandardCharsets.US_ASCII)));
            }
        }
    }

    @Test
    void tellsOfTheClientOverAUnixDomainSocket(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("s");
        BistroBuilder application = believing("unix").set("server.listen", "unix:" + file);
        try (Server server = application.start();
                SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertFalse(server.addresses().isEmpty());
            client.connect(UnixDomainSocketAddress.of(file));
            client.write(ByteBuffer.wrap((HEADER + GET + "\r\n").getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(10_000);
            while (client.read(answer) >= 0) {
                // until the server closes it
            }
            assertEquals(
                    "http 203.0.113.9 false",
                    body(new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII)));
        }
    }

    private static BistroBuilder trusting(String peers) {
        return believing(peers).port(0).set("server.host", "127.0.0.1");
    }

    private static BistroBuilder believing(String peers) {
        return Bistro.app(ProxyProtocolTest.class)
                .classes(Who.class)
                .set("server.proxy.trusted", peers)
                .set("server.proxy.protocol", "true");
    }

    private static RawClient open(Server server, String header) throws IOException {
        RawClient client = new RawClient(server.address()).send(header);
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
        return client;
    }

    private static String answer(Server server, String sent) throws IOException {
        try (var client = new RawClient(server.address())) {
            return client.send(sent).readToEnd();
        } catch (SocketException reset) {
            return "";
        }
    }

    private static String body(String response) {
        assertTrue(response.startsWith("HTTP/1.1 200 "), response);
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    /** A header as it is in the table: escapes, and {@code 2} for the signature of version 2. */
    private static String bytes(String header) {
        String text = header.startsWith("2") ? VERSION_2 + header.substring(1) : header;
        String lines = text.replace("\\r", "\r").replace("\\n", "\n");
        var bytes = new StringBuilder();
        for (int i = 0; i < lines.length(); i++) {
            if (lines.startsWith("\\x", i)) {
                bytes.append((char) Integer.parseInt(lines.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                bytes.append(lines.charAt(i));
            }
        }
        return bytes.toString();
    }
}
