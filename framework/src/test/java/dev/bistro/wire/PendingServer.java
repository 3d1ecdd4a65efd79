package dev.bistro.wire;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Execution;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * A process of its own for {@link PendingTest}, whose responses are all pending. A number is answered when as many are
 * pending, with the server's number of threads; {@code go} completes them.
 */
final class PendingServer {
    private PendingServer() {}

    public static void main(String[] args) throws Exception {
        var asked = new Semaphore(0);
        var later = new CompletableFuture<Response<Payload>>();
        try (var server = EngineServer.builder()
                .loops(2)
                .maxConnections(10_100)
                .at("/", Execution.NON_BLOCKING, request -> {
                    asked.release();
                    return EngineServer.pending(later.thenApply(response -> response));
                })
                .start()) {
            System.out.println(server.address().getPort());
            answer(asked, later);
        }
    }

    private static void answer(Semaphore asked, CompletableFuture<Response<Payload>> later)
            throws IOException, InterruptedException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals("go")) {
                later.complete(EngineServer.text(Status.OK, "now"));
                System.out.println("gone");
            } else {
                asked.acquire(Integer.parseInt(line));
                System.out.println(ServerProcess.awaitFewThreads());
            }
        }
    }
}
