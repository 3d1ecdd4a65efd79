package dev.bistro.app.declared;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.http.Converter;
import dev.bistro.http.MediaType;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An application whose parts are records and enums. */
public final class DeclaredApplication {
    private DeclaredApplication() {}

    record Loud(String text, boolean isLoud) {}

    enum LoudConverter implements Converter<Loud> {
        ONLY;

        @Override
        public Loud convert(String text) {
            return new Loud(text.toUpperCase(Locale.ROOT), true);
        }
    }

    record Yaml() implements BodyCodec {
        @Override
        public List<MediaType> mediaTypes() {
            return List.of(MediaType.of("application", "yaml"));
        }

        @Override
        public Optional<BodyReader> reader(Type type) {
            return Optional.empty();
        }

        @Override
        public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
            return Optional.of(value -> "yaml".getBytes(StandardCharsets.US_ASCII));
        }
    }

    interface Author {
        String name();
    }

    record One() implements Author {
        @Override
        public String name() {
            return "one";
        }
    }

    /** What a request brings, and no part of the application. */
    record Given(String name) implements Author {}

    record Hello(Author author) {
        @Inject
        Hello {}

        String to(Loud loud) {
            return "Hello " + loud.text() + ", by " + author.name();
        }
    }

    @Route("/hello")
    record HelloController(Hello hello) {
        @Inject
        HelloController {}

        @Get
        String get(Loud loud) {
            return hello.to(loud);
        }

        @Get("/yaml")
        @Produces("application/yaml")
        Given yaml() {
            return new Given("a");
        }
    }
}
