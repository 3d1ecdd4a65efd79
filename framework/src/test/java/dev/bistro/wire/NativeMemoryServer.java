package dev.bistro.wire;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of its own for {@link NativeMemoryTest}, whose garbage is never collected: memory that isn't freed stays.
 * Answers each line with its resident KiB, when as many streams have ended.
 */
final class NativeMemoryServer {
    private static final int MIB = 1024 * 1024;
    private static final AtomicInteger ENDED = new AtomicInteger();

    private NativeMemoryServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream answers = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream())); // the log
        var settings = new WebSocketSettings(MIB, MIB, MIB, Duration.ofMinutes(1), true, true, 1, 1);
        try (var server = EngineServer.builder()
                .coded(1)
                .at("/endless", request -> EngineServer.stream(NativeMemoryServer::writeForEver))
                .at("/fails", request -> EngineServer.stream(NativeMemoryServer::fail))
                .at("/short", NativeMemoryServer::answerShort)
                .at("/whole", NativeMemoryServer::readWhole)
                .streaming("/upload", NativeMemoryServer::readSome)
                .at("/ws", SocketEndpoints.endpoint(settings, session -> new Ended()))
                .start()) {
            answers.println(server.address().getPort());
            var lines = new BufferedReader(new InputStreamReader(System.in));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                await(Integer.parseInt(line));
                answers.println(residentKib());
            }
        }
    }

    private static void await(int count) throws InterruptedException {
        Await.until(() -> ENDED.get() >= count);
    }

    private static String residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\D", "");
    }

    private static void writeForEver(OutputStream out) throws IOException {
        try {
            byte[] piece = new byte[4096];
            var random = new Random(1);
            while (true) {
                random.nextBytes(piece);
                out.write(piece);
            }
        } finally {
            ENDED.incrementAndGet();
        }
    }

    private static void fail(OutputStream out) throws IOException {
        ENDED.incrementAndGet();
        out.write(new byte[50_000]);
        out.flush();
        throw new IOException("It is meant to fail");
    }

    private static Response<Payload> answerShort(ServerRequest request) {
        ENDED.incrementAndGet();
        return EngineServer.stream(out -> out.write(new byte[50_000]));
    }

    private static Response<Payload> readWhole(ServerRequest request) {
        try {
            return EngineServer.text(Status.OK, "x".repeat(request.body().length));
        } catch (RuntimeException bad) {
            return EngineServer.text(Status.BAD_REQUEST, "bad");
        } finally {
            ENDED.incrementAndGet();
        }
    }

    /** Reads the stream and doesn't close it, however it ends. */
    private static Response<Payload> readSome(ServerRequest request) {
        try {
            return EngineServer.text(Status.OK, "" + request.bodyStream().readAllBytes().length);
        } catch (IOException | RuntimeException bad) {
            return EngineServer.text(Status.BAD_REQUEST, "bad");
        } finally {
            ENDED.incrementAndGet();
        }
    }

    private static final class Ended extends SocketEndpoints.Echo {
        @Override
        public void onClose(CloseReason reason) {
            ENDED.incrementAndGet();
        }
    }
}
