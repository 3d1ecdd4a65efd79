package dev.bistro.wire;

import dev.bistro.http.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A process of its own for {@link OverloadTest}: answers requests with the sizes of their bodies. It answers a line
 * when it has refused a body for lack of memory.
 */
final class BudgetServer {
    private BudgetServer() {}

    public static void main(String[] args) throws IOException {
        try (var server = EngineServer.builder()
                .at("/size", request -> EngineServer.text(Status.OK, String.valueOf(request.body().length)))
                .at("/hello", request -> EngineServer.text(Status.OK, "hello"))
                .start()) {
            System.out.println(server.address().getPort());
            var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            while (lines.readLine() != null) {
                Await.until(() -> server.http1().statistics().noRoom() > 0);
                System.out.println(server.http1().statistics().noRoom());
            }
        }
    }
}
