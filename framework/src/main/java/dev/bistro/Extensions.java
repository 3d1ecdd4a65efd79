package dev.bistro;

import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.http.Converter;
import dev.bistro.http.MediaType;
import dev.bistro.inject.Container;
import dev.bistro.startup.Problems;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * What an application brings along for all of its controllers: converters and codecs. Where there are problems no object is made; then
 * others take their places, so that nobody misses a converter or codec that would have been there.
 */
record Extensions(List<Class<?>> classes) {
    /** Has the objects be used. */
    void addTo(DispatcherFactory factory, Container container, Problems problems) {
        boolean made = problems.isEmpty();
        for (Class<?> component : classes) {
            if (Converter.class.isAssignableFrom(component)) {
                factory.addConverter(component, made ? (Converter<?>) container.get(component) : text -> new Object());
            }
            if (BodyCodec.class.isAssignableFrom(component)) {
                factory.addCodec(made ? (BodyCodec) container.get(component) : new AnyCodec());
            }
        }
    }

    /** Reads and writes anything, in an application that doesn't start. */
    private static final class AnyCodec implements BodyCodec {
        @Override
        public List<MediaType> mediaTypes() {
            return List.of(MediaType.OCTETS, MediaType.ANY);
        }

        @Override
        public Optional<BodyReader> reader(Type type) {
            return Optional.of((body, mediaType) -> body);
        }

        @Override
        public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
            return Optional.of(value -> new byte[0]);
        }
    }
}
