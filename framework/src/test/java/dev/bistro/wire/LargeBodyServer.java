package dev.bistro.wire;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A process of its own for {@link LargeBodyTest}: counts the bytes it gets, sends as many as asked for, and ends with
 * its input.
 */
final class LargeBodyServer {
    private LargeBodyServer() {}

    public static void main(String[] args) throws IOException {
        try (var server = EngineServer.builder()
                .streaming("/count", LargeBodyServer::count)
                .at("/make", LargeBodyServer::make)
                .start()) {
            System.out.println(server.address().getPort());
            while (System.in.read() >= 0) {
                // the test closes it when it is done
            }
        }
    }

    private static Response<Payload> count(ServerRequest request) {
        long count = 0;
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = request.bodyStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count += n;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return EngineServer.text(Status.OK, String.valueOf(count));
    }

    private static Response<Payload> make(ServerRequest request) {
        long count = Long.parseLong(request.queryParam("bytes").orElseThrow());
        return EngineServer.stream(out -> {
            byte[] piece = new byte[64 * 1024];
            for (long left = count; left > 0; left -= piece.length) {
                out.write(piece, 0, (int) Math.min(left, piece.length));
            }
        });
    }
}
