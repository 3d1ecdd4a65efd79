package dev.bistro.described;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.access.LoginGuards;
import dev.bistro.auth.Authenticator;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.described.Described.Code;
import dev.bistro.described.Described.Sku;
import dev.bistro.description.DescribedApplication;
import dev.bistro.http.Converter;
import dev.bistro.http.MediaType;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An application that runs is described as one that was put together without objects. */
class SameDescriptionTest {
    private final Problems problems = new Problems();

    @Test
    void describesTheSameWithAndWithoutObjects() {
        DescribedApplication running = describe(true);
        DescribedApplication without = describe(false);
        assertEquals(without.routes().size(), running.routes().size());
        for (int i = 0; i < without.routes().size(); i++) {
            assertEquals( // as texts, since no component of a record equals another
                    without.routes().get(i).toString(), running.routes().get(i).toString());
        }
        assertEquals(without.unrouted(), running.unrouted());
        assertEquals(List.of("Basic realm=\"shop\", charset=\"UTF-8\""), running.challenges());
        assertEquals(List.of(), without.challenges());
    }

    private DescribedApplication describe(boolean withObjects) {
        if (!withObjects) {
            problems.forbidObjects();
        }
        var factory = new DispatcherFactory(StandardCodecs.create(), problems)
                .addConverter(Described.SkuConverter.class, converter(new Sku("")), Place.of(Sku.class))
                .addConverter(CodeConverter.class, new CodeConverter(), Place.of(Code.class))
                .addFilter(Described.Recorded.class)
                .addFilter(Described.OfItems.class)
                .addStaticFiles(Described.Application.class)
                .setGuards(new LoginGuards().add(Authenticator.basic("shop", (name, password) -> Optional.empty())));
        if (withObjects) {
            factory.addCodec(new Csv(MediaType.of("text", "csv")));
        } else {
            factory.addUnmadeCodec(new Csv(MediaType.ANY));
        }
        var dispatcher = factory.create(
                List.of(
                        Described.Sources.class,
                        Described.Results.class,
                        Described.Guarded.class,
                        Described.Talk.class),
                SameDescriptionTest::make);
        assertTrue(problems.isEmpty(), () -> problems.found().toString());
        return dispatcher.describe();
    }

    private static Object make(Class<?> type) {
        Described.ALLOWED.set(true);
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        } finally {
            Described.ALLOWED.set(false);
        }
    }

    private static <T> Converter<T> converter(T value) {
        return new Converter<>() {
            @Override
            public T convert(String text) {
                return value;
            }

            @Override
            public String format(T any) {
                return "";
            }
        };
    }

    private static final class CodeConverter implements Converter<Code> {
        @Override
        public Code convert(String text) {
            return new Code(text);
        }

        @Override
        public String format(Code value) {
            return value.text();
        }
    }

    private record Csv(MediaType mediaType) implements BodyCodec {
        @Override
        public List<MediaType> mediaTypes() {
            return List.of(mediaType);
        }

        @Override
        public Optional<BodyReader> reader(Type type) {
            return type == Described.Line.class ? Optional.of((body, of) -> body) : Optional.empty();
        }

        @Override
        public Optional<BodyWriter> writer(Type type, MediaType of) {
            return type == Described.Item.class ? Optional.of(value -> new byte[0]) : Optional.empty();
        }
    }
}
