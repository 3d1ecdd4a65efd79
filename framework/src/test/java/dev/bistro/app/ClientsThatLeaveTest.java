package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.file.SafePath;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.wire.Await;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that go in the middle of an answer that is larger than the socket takes, in each way in which one can: all of
 * them are forgotten, and nothing is left that would keep a loop busy.
 */
@Timeout(60)
class ClientsThatLeaveTest {
    private static final int CLIENTS = 6; // more than there are loops
    private static final int BYTES = 64 * 1024 * 1024;

    @TempDir
    static Path folder;

    private static Server server;

    @Route("/")
    static final class Answers {
        @Get("/file")
        Path file() {
            return folder.resolve("large.bin");
        }

        @Get("/found")
        Object found() throws IOException {
            return SafePath.of(folder).file("large.bin");
        }

        @Get("/bytes")
        byte[] bytes() {
            return new byte[BYTES];
        }

        @Get("/stream")
        Response<StreamingBody> stream() {
            return Response.ok((StreamingBody) output -> {
                var piece = new byte[8_192];
                for (int i = 0; i < BYTES / piece.length; i++) {
                    output.write(piece);
                }
            });
        }
    }

    private enum Leaving {
        RESET {
            @Override
            void leave(RawClient client) throws IOException {
                client.socket().setSoLinger(true, 0);
                client.close();
            }
        },
        CLOSE {
            @Override
            void leave(RawClient client) throws IOException {
                client.close(); // with unread bytes, which resets it
            }
        },
        READ_AND_CLOSE {
            @Override
            void leave(RawClient client) throws IOException {
                client.read(3_000_000);
                client.close();
            }
        },
        END_AND_RESET {
            @Override
            void leave(RawClient client) throws IOException {
                client.sendEnd();
                client.read(300_000);
                client.socket().setSoLinger(true, 0);
                client.close();
            }
        };

        abstract void leave(RawClient client) throws IOException;
    }

    @BeforeAll
    static void start() throws IOException {
        try (var file = new RandomAccessFile(folder.resolve("large.bin").toFile(), "rw")) {
            file.setLength(BYTES);
        }
        server = Bistro.app(ClientsThatLeaveTest.class)
                .classes(Answers.class)
                .set("server.max-buffered-size", "1GiB")
                .port(0)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Arguments> table() {
        List<String> requests = new ArrayList<>();
        for (String path : List.of("/file", "/found", "/bytes", "/stream")) {
            requests.add("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        for (String range : List.of("100-", "-50000000", "0-9,5000000-60000000")) {
            requests.add("GET /file HTTP/1.1\r\nHost: a\r\nRange: bytes=" + range + "\r\n\r\n");
        }
        requests.add("GET /file HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3));
        return requests.stream()
                .flatMap(request -> Arrays.stream(Leaving.values()).map(leaving -> Arguments.of(request, leaving)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("table")
    void areForgotten(String request, Leaving leaving) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < CLIENTS; i++) {
            var client = new RawClient(address);
            clients.add(client);
            assertTrue(client.send(request).readHead().startsWith("HTTP/1.1 20"));
        }
        for (RawClient client : clients) {
            leaving.leave(client);
        }
        Await.until(() -> server.statistics().openConnections() == 0);
        Await.until(() -> server.statistics().bufferedBytes() == 0);
        Await.until(() -> server.statistics().requestsUnderWay() == 0);
        assertEquals(0, server.statistics().failedConnections());
    }
}
