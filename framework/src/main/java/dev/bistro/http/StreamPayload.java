package dev.bistro.http;

import java.util.OptionalLong;

/**
 * A body that is written piece by piece, on a thread of its own that waits while the client doesn't take it.
 *
 * @param writer writes it; called once, or discarded where the request was HEAD or the client has gone
 * @param length how many bytes it writes, if that is known; it goes out in chunks otherwise
 */
public record StreamPayload(StreamingBody writer, OptionalLong length) implements Payload {
    @Override
    public void discard() {
        writer.discard();
    }
}
