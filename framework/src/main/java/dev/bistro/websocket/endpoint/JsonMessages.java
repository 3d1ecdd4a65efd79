package dev.bistro.websocket.endpoint;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyWriter;
import java.util.function.Function;

/**
 * Writes the JSON messages that are sent or broadcast, by the application's codecs. It is made and injected before
 * there are any codecs.
 */
public final class JsonMessages implements Function<Object, byte[]> {
    private volatile BodyWriter writer = value -> {
        throw new IllegalStateException("The application hasn't started yet: there is nobody to send anything to");
    };

    /** Has no codecs yet. */
    public JsonMessages() {}

    /** Sets the codecs; each value is written by its class. */
    public void writeBy(BodyCodecs codecs) {
        writer = codecs.anyJson();
    }

    @Override
    public byte[] apply(Object value) {
        return writer.write(value);
    }
}
