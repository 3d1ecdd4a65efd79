package dev.bistro.body.json;

import dev.bistro.body.BodyWriter;
import dev.bistro.json.generated.JsonOutput;
import java.util.function.Supplier;

/**
 * Writes values by generated code. Where that meets something that it doesn't know, or anything goes wrong, Jackson
 * writes the value from the beginning, so that what is answered and what is said of a fault are always its own.
 */
final class GeneratedWriter implements BodyWriter {
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
            byte[] json = out.toByteArray();
            if (json.length > usualSize || json.length < usualSize / 4) {
                usualSize = Math.min(MAX_SIZE, Math.max(MIN_SIZE, json.length + json.length / 4));
            }
            return json;
        } catch (RuntimeException | LinkageError | StackOverflowError unexpected) {
            return jackson.get().write(value);
        }
    }
}
