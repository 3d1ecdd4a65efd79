package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.util.List;
import java.util.Set;

/**
 * Writes values of any type as JSON, each by its class: by the application's own codec if it has one for that class. A
 * text is written as a JSON string.
 */
final class AnyJsonWriter implements BodyWriter {
    /** Types that other codecs write as they are, which wouldn't be JSON. */
    private static final Set<Class<?>> AS_THEY_ARE = Set.of(String.class, byte[].class);

    private final BodyCodecs codecs;
    private final BodyWriter anything;
    private final ClassValue<BodyWriter> writers = new ClassValue<>() {
        @Override
        protected BodyWriter computeValue(Class<?> type) {
            return AS_THEY_ARE.contains(type) ? anything : writer(type);
        }
    };

    AnyJsonWriter(BodyCodecs codecs) {
        this.codecs = codecs;
        this.anything = writer(Object.class);
    }

    private BodyWriter writer(Class<?> type) {
        return codecs.writer(type, List.of(MediaType.JSON))
                .map(MediaWriter::writer)
                .orElseGet(() -> value -> {
                    throw new IllegalStateException("No codec writes " + type.getName() + " as JSON");
                });
    }

    @Override
    public byte[] write(Object value) {
        return value == null
                ? anything.write(null)
                : writers.get(value.getClass()).write(value);
    }
}
