package dev.bistro.controller;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyWriter;
import dev.bistro.http.MediaType;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes any value as JSON, by its class: a String too. */
public final class JsonMessages implements Function<Object, byte[]> {
    private final Supplier<BodyCodecs> codecs;
    private volatile BodyWriter writer;

    /** Asks for the codecs when there is the first value to write: at startup they may not be there yet. */
    public JsonMessages(Supplier<BodyCodecs> codecs) {
        this.codecs = codecs;
    }

    @Override
    public byte[] apply(Object value) {
        if (writer == null) {
            writer = codecs.get()
                    .writer(Object.class, List.of(MediaType.JSON))
                    .orElseThrow()
                    .writer();
        }
        return writer.write(value);
    }
}
