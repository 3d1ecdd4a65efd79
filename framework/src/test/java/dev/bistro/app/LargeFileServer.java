package dev.bistro.app;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process for {@link LargeFileTest}: serves one file, prints how many bytes it holds outside of its heap, and ends
 * when its input does.
 */
final class LargeFileServer {
    private LargeFileServer() {}

    @Route("/file")
    static final class Files {
        @Get
        Path file() {
            return Path.of(System.getProperty("test.file"));
        }
    }

    public static void main(String[] args) throws IOException {
        try (Server server =
                Bistro.app(LargeFileServer.class).classes(Files.class).port(0).start()) {
            System.out.println(server.port());
            var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            while (lines.readLine() != null) {
                System.out.println(ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum());
            }
        }
    }
}
