package dev.bistro.body.json;

import dev.bistro.body.BodyWriter;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Payload;
import dev.bistro.http.spi.BodyRoom;
import dev.bistro.http.spi.RoomWriter;
import dev.bistro.json.generated.JsonOutput;
import java.util.function.Supplier;

/**
 * Writes values by generated code. Where that meets something that it doesn't know, or anything goes wrong, Jackson
 * writes the value from the beginning, so that what is answered and what is said of a fault are always its own.
 */
final class GeneratedWriter implements BodyWriter, RoomWriter {
    private static final int MIN_SIZE = 64;
    private static final int MAX_SIZE = 1 << 16;

    private final GeneratedTypes types;
    private final Supplier<BodyWriter> jackson; // which many applications never need
    private int usualSize = MIN_SIZE; // any thread's last, which is good enough

    GeneratedWriter(GeneratedTypes types, Supplier<BodyWriter> jackson) {
        this.types = types;
        this.jackson = jackson;
    }

    @Override
    public byte[] write(Object value) {
        try {
            var out = new JsonOutput(types, usualSize);
            out.write(value);
            noteSize(out.length());
            return out.toByteArray();
        } catch (RuntimeException | LinkageError | StackOverflowError unexpected) {
            return jackson.get().write(value);
        }
    }

    @Override
    public Payload write(Object value, BodyRoom room) {
        if (!room.reserve(usualSize)) {
            return new BytesPayload(write(value));
        }
        try {
            var out = new JsonOutput(types, room.array(), room.start());
            out.write(value);
            noteSize(out.length());
            return out.isIn(room.array())
                    ? room.endAt(room.start() + out.length())
                    : new BytesPayload(out.toByteArray());
        } catch (RuntimeException | LinkageError | StackOverflowError unexpected) {
            return new BytesPayload(jackson.get().write(value));
        }
    }

    private void noteSize(int size) {
        if (size > usualSize || size < usualSize / 4) {
            usualSize = Math.min(MAX_SIZE, Math.max(MIN_SIZE, size + size / 4));
        }
    }
}
