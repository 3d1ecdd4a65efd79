package dev.bistro.websocket.endpoint;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyWriter;
import java.util.function.Function;

/**
 * Writes what is sent or broadcast as JSON, by the application's codecs. There are none yet when it is made: it is
 * injected before they are.
 */
public final class JsonMessages implements Function<Object, byte[]> {
    private volatile BodyWriter writer = value -> {
        throw new IllegalStateException("The application hasn't started yet: there is nobody to send anything to");
    };

    /** For codecs that come later. */
    public JsonMessages() {}

    /** Has values be written by these codecs, each by its class. */
    public void writeBy(BodyCodecs codecs) {
        writer = codecs.anyJson();
    }

    @Override
    public byte[] apply(Object value) {
        return writer.write(value);
    }
}
