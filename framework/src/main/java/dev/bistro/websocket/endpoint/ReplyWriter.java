package dev.bistro.websocket.endpoint;

import dev.bistro.body.BodyCodecs;
import dev.bistro.websocket.protocol.Replies;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Sends what a method returned, by its declared return type; nothing for null. */
@FunctionalInterface
interface ReplyWriter {
    /** Sends a value. Returns a stage to wait for, or null. */
    CompletionStage<?> write(Object value, Replies replies);

    /** The writer of a return type; empty if nothing writes it. */
    static Optional<ReplyWriter> of(Type type, BodyCodecs codecs) {
        if (type == void.class || type == Void.class) {
            return Optional.of((value, replies) -> null);
        }
        if (type == String.class) {
            return Optional.of(
                    now((value, replies) -> replies.text(((String) value).getBytes(StandardCharsets.UTF_8))));
        }
        if (type == byte[].class) {
            return Optional.of(now((value, replies) -> replies.binary((byte[]) value)));
        }
        if (type == ByteBuffer.class) {
            return Optional.of(now((value, replies) -> replies.binary(bytes((ByteBuffer) value))));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == CompletionStage.class) {
            return of(generic.getActualTypeArguments()[0], codecs).map(ReplyWriter::later);
        }
        return codecs.json(type).map(json -> now((value, replies) -> replies.text(json.write(value))));
    }

    /** Writes a value that isn't null, at once. */
    @FunctionalInterface
    interface Now {
        void write(Object value, Replies replies);
    }

    private static ReplyWriter now(Now writer) {
        return (value, replies) -> {
            if (value != null) {
                writer.write(value, replies);
            }
            return null;
        };
    }

    private static ReplyWriter later(ReplyWriter writer) {
        return (stage, replies) ->
                stage == null ? null : ((CompletionStage<?>) stage).thenAccept(value -> writer.write(value, replies));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
