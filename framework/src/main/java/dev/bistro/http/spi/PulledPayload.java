package dev.bistro.http.spi;

import dev.bistro.http.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/**
 * A body that is pulled piece by piece, as the client takes it: no thread waits for the client.
 *
 * @param body gives the pieces; closed once, in any case
 * @param length how many bytes they are together, if that is known; it goes out in chunks otherwise
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
