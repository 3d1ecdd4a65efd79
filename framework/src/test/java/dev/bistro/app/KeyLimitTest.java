package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.wire.Command;
import dev.bistro.wire.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys of TLS 1.3 that have encrypted as much as they may, so that both sides change them in the middle of a body. The
 * JDK does this after 128 GiB, and in this test's server after 256 KiB.
 */
@Timeout(120)
class KeyLimitTest {
    private static final int UPLOAD_BYTES = 3_000_000;

    @TempDir
    static Path folder;

    private static ServerProcess process;

    @BeforeAll
    static void start() throws IOException {
        Command.assumeInstalled("curl");
        Path limits = Files.writeString(
                folder.resolve("java.security"),
                "jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 2^18, ChaCha20-Poly1305 KeyUpdate 2^18\n");
        process = ServerProcess.start(KeyLimitServer.class, "-Djava.security.properties=" + limits);
    }

    @AfterAll
    static void stop() throws IOException {
        if (process != null) {
            process.close();
        }
    }

    /** Trusts anybody, since nothing but the bytes is of interest here. */
    private static String curl(String path, String... options) {
        return Command.of("curl", "--silent", "--show-error", "--insecure", "--ipv4", "--tlsv1.3")
                .with(options)
                .with("https://localhost:" + process.address().getPort() + path)
                .run()
                .assertSuccess()
                .out();
    }

    @Test
    void takesALongBody() throws IOException {
        Path file = Files.write(folder.resolve("upload"), new byte[UPLOAD_BYTES]);
        assertEquals(String.valueOf(UPLOAD_BYTES), curl("/upload", "--upload-file", file.toString()));
    }

    @Test
    void sendsALongBody() throws IOException {
        Path copy = folder.resolve("copy");
        curl("/static/large.bin", "--output", copy.toString());
        assertEquals(-1, Files.mismatch(TlsApplication.largeFile(), copy));
    }
}
