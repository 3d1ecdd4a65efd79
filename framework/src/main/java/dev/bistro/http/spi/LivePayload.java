package dev.bistro.http.spi;

import dev.bistro.http.Payload;

/**
 * A body that grows as things happen, for as long as both sides like: no thread waits for it. Without a length, so it goes out in chunks.
 *
 * @param body what there is of it
 */
public record LivePayload(LiveBody body) implements Payload {
    @Override
    public void discard() {
        body.close();
    }
}
