package dev.bistro.controller;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyWriter;
import dev.bistro.http.MediaType;
import java.util.List;
import java.util.function.Function;

/** Writes any value as JSON, by its class: a String too. */
final class JsonMessages implements Function<Object, byte[]> {
    private final BodyWriter writer;

    JsonMessages(BodyCodecs codecs) {
        this.writer = codecs.writer(Object.class, List.of(MediaType.JSON))
                .orElseThrow()
                .writer();
    }

    @Override
    public byte[] apply(Object value) {
        return writer.write(value);
    }
}
