package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Memory outside the heap, in a real process without garbage collection and with a heap that is resident from the
 * start, so that only memory outside of it can grow. A stream that is compressed has some 250 KiB there, one that is
 * decompressed some 40 KiB.
 */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "It is /proc that says how large a process is")
class NativeMemoryTest {
    /** How often what has 250 KiB is made. */
    private static final int COMPRESSED = 80;

    /** How often what has 40 KiB is made. */
    private static final int DECOMPRESSED = 300;

    /** A third of what would stay if nothing were freed, and three times what a busy machine adds to the process. */
    private static final int MOST_KIB = 4 * 1024;

    private static final String GZIP = "Host: a\r\nAccept-Encoding: gzip\r\n";
    private static final byte[] BODY = gzip();

    /** The ways in which a stream can end. */
    private enum Way {
        STREAM_LEFT_HALF_WAY(350) { // more often, since only some of them would be left where threads meet
            @Override
            void go(InetSocketAddress address) throws IOException {
                try (var client = new RawClient(address)) {
                    client.send("GET /endless HTTP/1.1\r\n" + GZIP + "\r\n").readHead();
                    client.read(10);
                }
            }
        },
        STREAM_THAT_FAILS(COMPRESSED) {
            @Override
            void go(InetSocketAddress address) throws IOException {
                RawClient.exchange(address, "GET /fails HTTP/1.1\r\n" + GZIP + "\r\n");
            }
        },
        STREAM_TAKEN_WHOLE(COMPRESSED) {
            @Override
            void go(InetSocketAddress address) throws IOException {
                RawClient.exchange(address, "GET /short HTTP/1.1\r\n" + GZIP + "Connection: close\r\n\r\n");
            }
        },
        STREAM_OF_HEAD(COMPRESSED) {
            @Override
            void go(InetSocketAddress address) throws IOException {
                RawClient.exchange(address, "HEAD /short HTTP/1.1\r\n" + GZIP + "Connection: close\r\n\r\n");
            }
        },
        WHOLE_BODY(COMPRESSED) {
            @Override
            void go(InetSocketAddress address) throws IOException {
                post(address, "/whole", BODY, BODY.length);
            }
        },
        WHOLE_BODY_THAT_IS_BROKEN(DECOMPRESSED) {
            @Override
            void go(InetSocketAddress address) throws IOException {
                byte[] broken = BODY.clone();
                broken[broken.length - 8] ^= 1;
                post(address, "/whole", broken, broken.length);
            }
        },
        UPLOAD(DECOMPRESSED) {
            @Override
            void go(InetSocketAddress address) throws IOException {
                post(address, "/upload", BODY, BODY.length);
            }
        },
        UPLOAD_BROKEN_OFF(DECOMPRESSED) {
            @Override
            void go(InetSocketAddress address) throws IOException {
                post(address, "/upload", Arrays.copyOf(BODY, BODY.length / 2), BODY.length);
            }
        },
        UPLOAD_OF_SOMETHING_ELSE(DECOMPRESSED) {
            @Override
            void go(InetSocketAddress address) throws IOException {
                byte[] more = Arrays.copyOf(BODY, BODY.length + 20);
                post(address, "/upload", more, more.length);
            }
        },
        WEB_SOCKET_THAT_HANGS_UP(COMPRESSED) {
            @Override
            void go(InetSocketAddress address) throws IOException {
                try (var client = new PackingClient(address, "/ws", "permessage-deflate")) {
                    client.send(2, BODY, 1_000);
                    client.read();
                    client.send(2, new byte[100_000], 100);
                }
            }
        },
        WEB_SOCKET_WITH_A_FAULT(COMPRESSED) {
            @Override
            void go(InetSocketAddress address) throws IOException {
                try (var client = new PackingClient(address, "/ws", "permessage-deflate")) {
                    client.send(2, BODY, 1_000);
                    client.read();
                    client.frames().send(FrameText.masked(0xC1, HexFormat.of().parseHex("ff")));
                    client.frames().readToEnd();
                }
            }
        },
        WEB_SOCKET_WITHOUT_CONTEXT_WITH_A_BOMB(2 * COMPRESSED) { // it ends with what is decompressed
            @Override
            void go(InetSocketAddress address) throws IOException {
                String offer = "permessage-deflate; client_no_context_takeover; server_no_context_takeover";
                try (var client = new PackingClient(address, "/ws", offer)) {
                    client.send(2, BODY, Integer.MAX_VALUE);
                    client.read();
                    client.send(2, new byte[1_200_000], Integer.MAX_VALUE);
                    client.frames().readToEnd();
                }
            }
        };

        private final int times;

        Way(int times) {
            this.times = times;
        }

        abstract void go(InetSocketAddress address) throws IOException;
    }

    private static byte[] gzip() {
        byte[] data = new byte[40_000];
        new Random(1).nextBytes(data);
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(data);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** Sends a body, and if all of it was sent, reads the answer. */
    private static void post(InetSocketAddress address, String path, byte[] body, int length) throws IOException {
        try (var client = new RawClient(address)) {
            client.send("POST " + path + " HTTP/1.1\r\n" + GZIP + "Connection: close\r\nContent-Encoding: gzip\r\n"
                    + "Content-Length: " + length + "\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1));
            if (body.length == length) {
                client.readToEnd();
            }
        }
    }

    private static ServerProcess process;
    private static int ended;

    @BeforeAll
    static void start() throws IOException {
        process = ServerProcess.start(
                NativeMemoryServer.class,
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:-UseSerialGC",
                "-XX:+UseEpsilonGC",
                "-XX:+AlwaysPreTouch",
                "-Xms1500m",
                "-Xmx1500m");
    }

    @AfterAll
    static void stop() throws IOException {
        process.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void staysAsItIsHoweverAStreamEnds(Way way) throws IOException {
        int before = residentKibAfter(way, way.times / 4);
        int after = residentKibAfter(way, way.times);
        System.out.println(way + ": " + way.times + " times, " + (after - before) + " KiB more");
        assertTrue(after - before < MOST_KIB, way + ": " + (after - before) + " KiB more");
    }

    private static int residentKibAfter(Way way, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            way.go(process.address());
        }
        ended += times;
        return Integer.parseInt(process.ask(String.valueOf(ended)));
    }
}
