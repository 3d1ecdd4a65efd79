package dev.bistro.http;

import java.util.OptionalLong;

/**
 * A body that is written piece by piece, on a thread of its own that waits until the client takes it.
 *
 * @param writer writes the body; called once, or discarded if the request was HEAD or the client has gone
 * @param length how many bytes it writes, if that is known; without it, the body is sent in chunks
 */
public record StreamPayload(StreamingBody writer, OptionalLong length) implements Payload {
    @Override
    public void discard() {
        writer.discard();
    }
}
