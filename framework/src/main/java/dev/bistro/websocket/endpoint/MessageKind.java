package dev.bistro.websocket.endpoint;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyReader;
import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The messages that a parameter takes.
 *
 * @param isText whether they are text messages; binary ones otherwise
 * @param reader makes the argument of a message's bytes
 */
record MessageKind(boolean isText, BodyReader reader) {
    /** Of a parameter's type; empty if no message can be read as that. */
    static Optional<MessageKind> of(Type type, BodyCodecs codecs) {
        if (type == String.class) {
            return Optional.of(new MessageKind(true, (bytes, json) -> new String(bytes, StandardCharsets.UTF_8)));
        }
        if (type == byte[].class) {
            return Optional.of(new MessageKind(false, (bytes, json) -> bytes));
        }
        if (type == ByteBuffer.class) {
            return Optional.of(new MessageKind(false, (bytes, json) -> ByteBuffer.wrap(bytes)));
        }
        return codecs.reader(type, MediaType.JSON).map(reader -> new MessageKind(true, reader));
    }

    /** Makes the argument of a message. */
    Object read(byte[] bytes) {
        return reader.read(bytes, MediaType.JSON);
    }

    @Override
    public String toString() {
        return isText ? "text" : "binary";
    }
}
