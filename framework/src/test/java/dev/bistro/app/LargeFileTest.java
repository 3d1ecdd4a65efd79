package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.wire.RawClient;
import dev.bistro.wire.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * A file of a little more than 4 GiB, from a process with a heap of 64 MiB. The file is sparse: it has a mark at each
 * GiB, and zeros between.
 */
@Timeout(300)
class LargeFileTest {
    private static final long GIB = 1024L * 1024 * 1024;
    private static final long SIZE = 4 * GIB + 10;
    private static final int PIECE = 256 * 1024;

    /** Much less than a hundredth of the file. */
    private static final long MAX_BYTES_OUTSIDE_OF_THE_HEAP = 8 * 1024 * 1024;

    @TempDir(factory = MemoryFolders.class)
    static Path folder;

    private static ServerProcess process;

    /** In memory, where there is a place for that: other systems of files fill memory with the zeros that are read. */
    static final class MemoryFolders implements TempDirFactory {
        private static final Path MEMORY = Path.of("/dev/shm");

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "bistro")
                    : Files.createTempDirectory("bistro");
        }
    }

    @BeforeAll
    static void start() throws IOException {
        Path path = folder.resolve("large.bin");
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(SIZE);
            for (int i = 0; i <= 4; i++) {
                file.seek(i * GIB);
                file.write(("mark " + i + " end.").substring(0, 10).getBytes(StandardCharsets.US_ASCII));
            }
        }
        process = ServerProcess.start(LargeFileServer.class, "-Xmx64m", "-Dtest.file=" + path);
    }

    @AfterEach
    void keepsMemoryFlat() throws IOException {
        long bytes = Long.parseLong(process.ask("memory"));
        assertTrue(bytes < MAX_BYTES_OUTSIDE_OF_THE_HEAP, bytes + " bytes outside of the heap");
    }

    @AfterAll
    static void stop() throws IOException {
        process.close();
    }

    /** From just below the middle on: more bytes than an int can count, at positions on both sides of 32 bits. */
    @Test
    void isSentToItsEnd() throws IOException {
        try (var client = new RawClient(process.address())) {
            long first = 2 * GIB - PIECE;
            requestRange(client, first, SIZE - 1);
            InputStream in = client.input();
            var piece = new byte[PIECE];
            for (long at = first; at < SIZE; at += PIECE) {
                int length = (int) Math.min(PIECE, SIZE - at);
                assertEquals(length, in.readNBytes(piece, 0, length));
                if (at % GIB == 0) {
                    assertEquals("mark " + at / GIB + " end", new String(piece, 0, 10, StandardCharsets.US_ASCII));
                }
            }
            assertEquals("mark 2 end", range(client, 2 * GIB, 2 * GIB + 9), "the connection goes on");
        }
    }

    @Test
    void isSentInParts() throws IOException {
        try (var client = new RawClient(process.address())) {
            assertEquals("\0\0mark 2 end\0\0", range(client, 2 * GIB - 2, 2 * GIB + 11));
            assertEquals("mark 3 end", range(client, 3 * GIB, 3 * GIB + 9));
            assertEquals("mark 4 end", range(client, 4 * GIB, 4 * GIB + 9));
            String large = range(client, 3 * GIB - 100_000, 3 * GIB + 100_000);
            assertEquals(200_001, large.length());
            assertEquals(100_000, large.indexOf("mark 3 end"));
        }
    }

    @Test
    void isSentInSeveralPartsAtOnce() throws IOException {
        String body = RawClient.exchange(
                process.address(),
                "GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\nRange: bytes=-10,"
                        + "2147483648-2147583647,0-3\r\n\r\n");
        assertTrue(
                body.contains("\r\nContent-Range: bytes 4294967296-4294967305/4294967306\r\n\r\nmark 4 end\r\n--"),
                "the end");
        assertTrue(
                body.contains("\r\nContent-Range: bytes 2147483648-2147583647/4294967306\r\n\r\nmark 2 end\0"),
                "in between");
        assertTrue(body.contains("\r\nContent-Range: bytes 0-3/4294967306\r\n\r\nmark\r\n--"), "the start");
    }

    /** A client that takes nothing costs a thread, and no more memory than another. */
    @Test
    void waitsForAClientThatIsSlow() throws IOException {
        try (var slow = new RawClient(process.address());
                var other = new RawClient(process.address())) {
            String head = slow.send("GET /file HTTP/1.1\r\nHost: a\r\n\r\n").readHead();
            assertTrue(head.contains("\r\nContent-Length: " + SIZE + "\r\n"), head);
            assertEquals("mark 1 end", range(other, GIB, GIB + 9));
            keepsMemoryFlat();
        }
    }

    private static String range(RawClient client, long first, long last) throws IOException {
        requestRange(client, first, last);
        return client.read((int) (last - first + 1));
    }

    private static void requestRange(RawClient client, long first, long last) throws IOException {
        String head = client.send("GET /file HTTP/1.1\r\nHost: a\r\nRange: bytes=" + first + "-" + last + "\r\n\r\n")
                .readHead();
        assertTrue(head.contains("\r\nContent-Range: bytes " + first + "-" + last + "/" + SIZE + "\r\n"), head);
    }
}
