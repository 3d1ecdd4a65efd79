package dev.bistro.http.spi;

import dev.bistro.http.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/**
 * A body that is pulled piece by piece, as the client takes it. No thread waits for the client.
 *
 * @param body gives the pieces; it is closed once, in any case
 * @param length how many bytes the pieces have together, if that is known; without it, the body is sent in chunks
 */
public record PulledPayload(PulledBody body, OptionalLong length) implements Payload {
    @Override
    public void discard() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
