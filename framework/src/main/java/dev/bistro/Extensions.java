package dev.bistro;

import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.body.ViewCodec;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.html.TemplateRenderer;
import dev.bistro.http.Converter;
import dev.bistro.http.MediaType;
import dev.bistro.inject.Container;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * What an application brings along for all of its controllers: converters, codecs, and a renderer of views. Where there are problems no object is made; then
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
        addRenderer(factory, container, problems);
    }

    private void addRenderer(DispatcherFactory factory, Container container, Problems problems) {
        List<Class<?>> renderers = classes.stream()
                .filter(TemplateRenderer.class::isAssignableFrom)
                .toList();
        if (renderers.size() > 1) {
            problems.add(Problem.of("two-renderers", "Views have one renderer, and there are " + renderers.size() + ".")
                    .at(Place.of(renderers.get(0)))
                    .at(Place.of(renderers.get(1)))
                    .cure("Remove one of them; or let one render by both, as a view's name says."));
        }
        if (!renderers.isEmpty()) {
            boolean made = problems.isEmpty();
            factory.addCodec(
                    new ViewCodec(made ? (TemplateRenderer) container.get(renderers.get(0)) : (view, page) -> {}));
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
