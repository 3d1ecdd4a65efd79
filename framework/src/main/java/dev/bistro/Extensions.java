package dev.bistro;

import dev.bistro.access.LoginGuards;
import dev.bistro.auth.Authenticator;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.body.ViewCodec;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.html.TemplateRenderer;
import dev.bistro.http.Converter;
import dev.bistro.http.MediaType;
import dev.bistro.inject.Container;
import dev.bistro.inject.Contribution;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an application brings for all of its controllers: converters, codecs, a renderer of views, and authenticators.
 * They are its own classes, what the methods of its factories make, and what the program gives. Where there are
 * problems, no object is made and stand-ins take their places, so that the missing ones cause no further problems.
 */
record Extensions(List<Class<?>> classes, Container container) {
    /** Adds them to a dispatcher's factory. */
    void addTo(DispatcherFactory factory, Problems problems) {
        boolean made = problems.isEmpty();
        for (Contribution contribution : all(Converter.class)) {
            Converter<?> converter = made ? (Converter<?>) contribution.object().get() : text -> new Object();
            factory.addConverter(contribution.type(), converter, contribution.place());
        }
        for (Contribution contribution : all(BodyCodec.class)) {
            factory.addCodec(made ? (BodyCodec) contribution.object().get() : new AnyCodec());
        }
        addRenderer(factory, problems);
    }

    /** Adds the authenticators to what guards routes. */
    void addTo(LoginGuards guards, Problems problems) {
        boolean made = problems.isEmpty();
        Authenticator standIn = Authenticator.of("None", request -> Optional.empty());
        for (Contribution contribution : all(Authenticator.class)) {
            guards.add(made ? (Authenticator) contribution.object().get() : standIn);
        }
    }

    private List<Contribution> all(Class<?> port) {
        Stream<Contribution> ofClasses = classes.stream()
                .filter(port::isAssignableFrom)
                .map(type -> new Contribution(type, Place.of(type), () -> container.get(type)));
        return Stream.concat(ofClasses, container.contributions(port).stream()).toList();
    }

    private void addRenderer(DispatcherFactory factory, Problems problems) {
        List<Contribution> renderers = all(TemplateRenderer.class);
        if (renderers.size() > 1) {
            problems.add(Problem.of("two-renderers", "Views have one renderer, and there are " + renderers.size() + ".")
                    .at(renderers.get(0).place())
                    .at(renderers.get(1).place())
                    .cure("Remove one of them; or let one render by both, as a view's name says."));
        }
        if (!renderers.isEmpty()) {
            boolean made = problems.isEmpty();
            factory.addCodec(new ViewCodec(
                    made ? (TemplateRenderer) renderers.get(0).object().get() : (view, page) -> {}));
        }
    }

    /** Stands in for a codec: reads and writes anything, in an application that doesn't start. */
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
