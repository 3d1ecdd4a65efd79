package dev.bistro.sample.chat;

import dev.bistro.body.BodyWriter;
import dev.bistro.body.json.JsonCodec;
import dev.bistro.feed.FeedEncoder;
import dev.bistro.feed.FeedItem;
import dev.bistro.http.MediaType;

/**
 * Encodes what sessions are sent: a {@link Message} as JSON, or <code>{"id":"k3f9x2.0","event":"reset"}</code> where
 * messages are missing.
 */
final class Frames implements FeedEncoder<Posted> {
    private static final BodyWriter JSON =
            new JsonCodec().writer(Object.class, MediaType.JSON).orElseThrow();

    record Reset(String id, String event) {}

    @Override
    public byte[] item(FeedItem<Posted> item) {
        return JSON.write(Message.of(item));
    }

    @Override
    public byte[] reset(String id) {
        return JSON.write(new Reset(id, "reset"));
    }
}
