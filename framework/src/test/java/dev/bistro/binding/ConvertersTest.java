package dev.bistro.binding;

import static dev.bistro.startup.Golden.assertGolden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.http.Converter;
import dev.bistro.startup.Place;
import dev.bistro.testing.MockRequest;
import dev.bistro.types.Types;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConvertersTest {
    private final Bindings bindings = new Bindings();

    record Sku(String code) {}

    static final class SkuConverter implements Converter<Sku> {
        @Override
        public Sku convert(String text) {
            return new Sku("converted " + text);
        }
    }

    abstract static class Base<X, T> implements java.io.Serializable, Converter<T> {
        private static final long serialVersionUID = 1L;
    }

    abstract static class Middle<T> extends Base<Integer, T> {
        private static final long serialVersionUID = 1L;
    }

    static final class Deep extends Middle<Sku> {
        private static final long serialVersionUID = 1L;

        @Override
        public Sku convert(String text) {
            return new Sku(text);
        }
    }

    static final class Hundredfold implements Converter<Integer> {
        @Override
        public Integer convert(String text) {
            return Integer.parseInt(text) * 100;
        }
    }

    static final class Skus implements Converter<List<Sku>> {
        @Override
        public List<Sku> convert(String text) {
            return Arrays.stream(text.split("\\+")).map(Sku::new).toList();
        }
    }

    static Converter<Sku> made() {
        return text -> new Sku("made " + text);
    }

    @Test
    void findsTheConvertedTypeWhereverItIsSaid() throws Exception {
        assertEquals(Optional.of(Sku.class), Types.argument(SkuConverter.class, Converter.class));
        assertEquals(Optional.of(Sku.class), Types.argument(Deep.class, Converter.class));
        assertEquals(
                Optional.of(Sku.class),
                Types.argument(ConvertersTest.class.getDeclaredMethod("made").getGenericReturnType(), Converter.class));
        assertEquals(Optional.empty(), Types.argument(made().getClass(), Converter.class));
        assertEquals(Optional.empty(), Types.argument(Middle.class, Converter.class));
        assertEquals(Optional.empty(), Types.argument(Converter.class, Converter.class));
        assertEquals(Optional.empty(), Types.argument(String.class, Converter.class));
    }

    @Test
    void aRegisteredConverterWinsOverAllElse() {
        class Local {
            void find(Sku sku, List<Sku> more, int number, Integer boxed) {}
        }
        add(SkuConverter.class, new SkuConverter());
        add(Hundredfold.class, new Hundredfold());
        assertEquals(
                List.of(new Sku("converted a"), List.of(new Sku("converted b")), 300, 400),
                bindings.bind(Local.class, "/", MockRequest.get("/?sku=a&more=b&number=3&boxed=4")));
    }

    @Test
    void aConverterOfAWholeListWinsOverItsElements() {
        class Local {
            void find(List<Sku> skus) {}
        }
        add(SkuConverter.class, new SkuConverter());
        add(Skus.class, new Skus());
        assertEquals(
                List.of(List.of(new Sku("a"), new Sku("b"))),
                bindings.bind(Local.class, "/", MockRequest.get("/?skus=a%2Bb")));
    }

    @Test
    void aConverterThatGivesNullIsAFaultOfTheProgram() {
        class Local {
            void find(Sku sku) {}
        }
        class Nothing implements Converter<Sku> {
            @Override
            public Sku convert(String text) {
                return null;
            }
        }
        add(Nothing.class, new Nothing());
        assertThrows(NullPointerException.class, () -> bindings.bind(Local.class, "/", MockRequest.get("/?sku=a")));
    }

    @Test
    void reportsAConverterThatDoesNotSayItsType() {
        bindings.converters.add(made().getClass(), made(), new Place("Converters.made()"));
        assertGolden("untyped-converter", bindings.problems);
    }

    @Test
    void reportsTwoConvertersOfOneType() {
        add(SkuConverter.class, new SkuConverter());
        add(Deep.class, new Deep());
        assertGolden("two-converters", bindings.problems);
    }

    private void add(Type declared, Converter<?> converter) {
        bindings.converters.add(declared, converter, Place.of(converter.getClass()));
    }
}
