package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.http.Converter;
import dev.bistro.http.MediaType;
import dev.bistro.startup.StartupException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Converters and codecs are objects, and none is made in an application with faults. Their absence causes no further
 * faults.
 */
class ExtensionsTest {
    static final class Money {
        private Money() {}
    }

    static final class MoneyConverter implements Converter<Money> {
        @Override
        public Money convert(String text) {
            return new Money();
        }
    }

    static final class YamlCodec implements BodyCodec {
        @Override
        public List<MediaType> mediaTypes() {
            return List.of(MediaType.of("application", "yaml"));
        }

        @Override
        public Optional<BodyReader> reader(Type type) {
            return Optional.of((body, mediaType) -> new Money());
        }

        @Override
        public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
            return Optional.of(value -> new byte[0]);
        }
    }

    @Route("/")
    static final class Prices {
        @Post
        @Consumes("application/yaml")
        @Produces("application/yaml")
        Money set(@DefaultValue("1") Money price, @dev.bistro.annotation.Body Money body) {
            return body;
        }
    }

    @Test
    void aFaultElsewhereIsTheOnlyOne() {
        var fault = assertThrows(
                StartupException.class,
                () -> Bistro.app(ExtensionsTest.class)
                        .classes(Prices.class, MoneyConverter.class, YamlCodec.class)
                        .set("server.port", "many")
                        .start());
        assertEquals(
                List.of("bad-setting"),
                fault.problems().stream().map(problem -> problem.id()).toList());
    }

    @Test
    void theirAbsenceIsTold() {
        var fault = assertThrows(
                StartupException.class,
                () -> Bistro.app(ExtensionsTest.class)
                        .classes(Prices.class)
                        .port(0)
                        .start());
        assertEquals(
                List.of("unknown-source", "unreadable-body", "unwritable-result"),
                fault.problems().stream().map(problem -> problem.id()).sorted().toList());
    }

    @Test
    void anUploadDirectoryHasToBeThere() {
        var fault = assertThrows(
                StartupException.class,
                () -> Bistro.app(ExtensionsTest.class)
                        .classes(Prices.class, MoneyConverter.class, YamlCodec.class)
                        .set("server.upload-directory", "/no/such/directory")
                        .start());
        assertTrue(
                fault.getMessage().contains("upload-directory has to be a directory that can be written to"),
                fault.getMessage());
    }
}
