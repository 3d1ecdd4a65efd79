package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.wire.RawClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Results that a controller gives piece by piece, as a client sees them. */
@Timeout(60)
class StreamedResultsTest {
    private static final Semaphore CLOSED = new Semaphore(0);
    private static final Semaphore NEXT = new Semaphore(0);

    record Line(int number) {}

    @Route("/")
    static final class Lines {
        @Get("/array")
        Stream<Line> array(int count) {
            return IntStream.range(0, count).mapToObj(Line::new).onClose(CLOSED::release);
        }

        @Get("/lines")
        @Produces("application/x-ndjson")
        Iterator<Line> lines() {
            return Stream.generate(() -> {
                        NEXT.acquireUninterruptibly();
                        return new Line(1);
                    })
                    .iterator();
        }

        @Get("/text")
        Iterator<String> text() {
            return List.of("é", "b", "c").iterator();
        }

        @Get("/input")
        InputStream input() {
            return new ByteArrayInputStream(new byte[] {'x'}) {
                @Override
                public void close() {
                    CLOSED.release();
                }
            };
        }

        @Get("/fails")
        Stream<Line> fails() {
            return Stream.of(1, 2).map(n -> new Line(2 / (2 - n))).onClose(CLOSED::release);
        }
    }

    private static Server server;

    @BeforeAll
    static void start() {
        server = Bistro.app(StreamedResultsTest.class)
                .classes(Lines.class)
                .port(0)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String exchange(String method, String path) throws IOException {
        return RawClient.exchange(address(), method + " " + path + " HTTP/1.0\r\nHost: a\r\n\r\n");
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void writesAStreamAsAnArrayAndClosesIt() throws Exception {
        String response = exchange("GET", "/array?count=3");
        assertTrue(response.contains("\r\nContent-Type: application/json\r\n"), response);
        assertEquals("[{\"number\":0},{\"number\":1},{\"number\":2}]", body(response));
        assertEquals("[]", body(exchange("GET", "/array?count=0")));
        CLOSED.acquire(2);
    }

    @Test
    void sendsEachLineAtOnce() throws IOException {
        try (var client = new RawClient(address())) {
            client.send("GET /lines HTTP/1.0\r\n\r\n");
            NEXT.release();
            String head = client.readHead();
            assertTrue(head.contains("\r\nContent-Type: application/x-ndjson\r\n"), head);
            assertEquals("{\"number\":1}\n", client.read(13));
            NEXT.release();
            assertEquals("{\"number\":1}\n", client.read(13));
        }
        NEXT.release(1_000); // until the server sees that nobody reads
    }

    @Test
    void writesTextsOneAfterTheOther() throws IOException {
        String response = exchange("GET", "/text");
        assertTrue(response.contains("\r\nContent-Type: text/plain;charset=utf-8\r\n"), response);
        assertEquals("Ã©bc", body(response), "UTF-8");
    }

    @Test
    void closesWhatHeadDoesNotWant() throws Exception {
        for (String path : new String[] {"/array?count=3", "/input"}) {
            assertEquals("", body(exchange("HEAD", path)));
            CLOSED.acquire();
        }
    }

    @Test
    void answers500WhenItFailsAtOnceAndClosesTheStream() throws Exception {
        assertTrue(exchange("GET", "/fails").startsWith("HTTP/1.1 500 "));
        CLOSED.acquire();
    }
}
