package dev.bistro;

import dev.bistro.access.LoginGuards;
import dev.bistro.auth.Authenticator;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.body.ViewCodec;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.html.TemplateRenderer;
import dev.bistro.http.Converter;
import dev.bistro.http.MediaType;
import dev.bistro.http.UnauthorizedException;
import dev.bistro.inject.Container;
import dev.bistro.inject.Contribution;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an application brings for all of its controllers: converters, codecs, a renderer of views, and authenticators.
 * They are its own classes, what the methods of its factories make, and what the program gives; after all these come
 * those of libraries. Where there are problems, no object is made and stand-ins take their places, so that the missing
 * ones cause no further problems.
 */
record Extensions(FoundClasses found, Container container) {
    private static final BodyCodec ANY_CODEC = new AnyCodec(List.of(MediaType.ANY));
    private static final Converter<?> ANY_CONVERTER = new Converter<Object>() {
        @Override
        public Object convert(String text) {
            return new Object();
        }

        @Override
        public String format(Object value) {
            return "";
        }
    };

    /** Adds them to a dispatcher's factory. */
    void addTo(DispatcherFactory factory, Problems problems) {
        boolean made = problems.allowObjects();
        for (Contribution contribution : all(Converter.class)) {
            Converter<?> converter = converter(contribution, made);
            if (contribution.isOfLibrary()) {
                factory.addLibraryConverter(contribution.type(), converter, contribution.place());
            } else {
                factory.addConverter(contribution.type(), converter, contribution.place());
            }
        }
        for (Contribution contribution : all(BodyCodec.class)) {
            if (made) {
                factory.addCodec((BodyCodec) contribution.object().get());
            } else {
                factory.addUnmadeCodec(ANY_CODEC);
            }
        }
        addRenderer(factory, problems);
    }

    /** Adds the authenticators to what guards routes. */
    void addTo(LoginGuards guards, Problems problems) {
        boolean made = problems.allowObjects();
        List<Contribution> all = all(Authenticator.class);
        if (all.isEmpty()) {
            return;
        }
        Authenticator standIn = Authenticator.of("None", request -> Optional.empty());
        for (Contribution contribution : all) {
            Authenticator added = made ? (Authenticator) contribution.object().get() : standIn;
            guards.add(hasChallenge(added, contribution, problems) ? added : standIn);
        }
    }

    private static boolean hasChallenge(Authenticator authenticator, Contribution contribution, Problems problems) {
        String challenge = authenticator.challenge();
        try {
            new UnauthorizedException(challenge);
            return true;
        } catch (IllegalArgumentException | NullPointerException notOne) {
            problems.add(Problem.of(
                            "bad-challenge",
                            "An Authenticator has no challenge that a 401 can send, but \"" + challenge + "\".")
                    .at(contribution.place())
                    .cure("Return a scheme, and parameters if it has some: ApiKey, or ApiKey realm=\"Shop\"."));
            return false;
        }
    }

    /** A converter that the application brings, or a stand-in. */
    Converter<?> converter(Contribution contribution, boolean made) {
        return made ? (Converter<?>) contribution.object().get() : ANY_CONVERTER;
    }

    /** Codecs that read and write anything as JSON, too. */
    BodyCodecs standIns() {
        return BodyCodecs.of(new AnyCodec(List.of(MediaType.JSON, MediaType.of("application", "*+json"))));
    }

    /** All extensions of a type: the application's own, and after them those of libraries; each by priority. */
    List<Contribution> all(Class<?> port) {
        var all = new ArrayList<Contribution>();
        for (Class<?> type : found.all().extensions()) {
            if (port.isAssignableFrom(type)) {
                all.add(Contribution.ofClass(type, found.libraryOf().containsKey(type), () -> container.get(type)));
            }
        }
        all.addAll(container.contributions(port));
        if (all.size() > 1) {
            all.sort(Comparator.comparing(Contribution::isOfLibrary).thenComparing(Contribution::priority));
        }
        return List.copyOf(all);
    }

    private void addRenderer(DispatcherFactory factory, Problems problems) {
        List<Contribution> all = all(TemplateRenderer.class);
        if (all.isEmpty()) {
            return;
        }
        List<Contribution> own = all.stream().filter(one -> !one.isOfLibrary()).toList();
        List<Contribution> renderers = own.isEmpty() ? all : own;
        if (renderers.size() > 1) {
            problems.add(Problem.of("two-renderers", "Views have one renderer, and there are " + renderers.size() + ".")
                    .at(renderers.get(0).place())
                    .at(renderers.get(1).place())
                    .cure("Remove one of them; or let one render by both, as a view's name says."));
        }
        boolean made = problems.allowObjects();
        factory.addCodec(new ViewCodec(
                made ? (TemplateRenderer) renderers.get(0).object().get() : (view, page) -> {}));
    }

    /** Stands in for a codec: reads and writes anything, in an application that doesn't start. */
    private record AnyCodec(List<MediaType> mediaTypes) implements BodyCodec {
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
