package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.wire.RawClient;
import dev.bistro.wire.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of 256 MiB in a form, through a heap of 48 MiB. */
@Timeout(300)
class LargeUploadTest {
    private static final long BYTES = 256L * 1024 * 1024;
    private static final int PIECE = 256 * 1024;
    private static final String BEFORE =
            "--b\r\nContent-Disposition: form-data; name=file; filename=large\r\nContent-Type: application/"
                    + "octet-stream\r\n\r\n";
    private static final String AFTER = "\r\n--b--\r\n";

    @Test
    void takesMoreThanTheHeapHasRoomFor(@TempDir Path uploads) throws IOException {
        try (ServerProcess process = ServerProcess.start(
                        LargeUploadServer.class,
                        "-Xmx48m",
                        "-Dlogback.configurationFile=logback-test.xml",
                        "-Duploads=" + uploads);
                RawClient client = new RawClient(process.address())) {
            client.socket().setSoTimeout(120_000);
            client.send("POST /size HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                    + "Content-Length: " + (BEFORE.length() + BYTES + AFTER.length()) + "\r\n\r\n" + BEFORE);
            var piece = new byte[PIECE];
            for (long sent = 0; sent < BYTES; sent += PIECE) {
                client.socket().getOutputStream().write(piece);
            }
            String response = client.send(AFTER).readResponse();
            assertTrue(response.endsWith("\r\n\r\n" + BYTES), response);
        }
        try (Stream<Path> left = Files.list(uploads)) {
            assertEquals(0, left.count());
        }
    }
}
