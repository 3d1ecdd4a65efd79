package dev.bistro.http.spi;

import dev.bistro.http.Payload;

/**
 * A body that grows as things happen, until one side ends it. No thread waits for it. It has no length, so it is sent
 * in chunks.
 *
 * @param body gives the bytes
 */
public record LivePayload(LiveBody body) implements Payload {
    @Override
    public void discard() {
        body.close();
    }
}
