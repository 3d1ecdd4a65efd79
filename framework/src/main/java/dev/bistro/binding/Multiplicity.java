package dev.bistro.binding;

import dev.bistro.description.DescribedParameter;
import dev.bistro.http.Request;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** How many values a parameter's type holds and how: one that is required, one or none, or any number. */
sealed interface Multiplicity {
    Multiplicity ONE = new One(null, UnaryOperator.identity());
    Multiplicity OPTIONAL = new One(Optional.empty(), Optional::of);
    Multiplicity LIST = new Many(List::of);
    Multiplicity SET = new Many(values -> Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(values))));

    /** An array of this component type. */
    static Multiplicity arrayOf(Class<?> component) {
        return new Many(values -> {
            Object array = Array.newInstance(component, values.length);
            for (int i = 0; i < values.length; i++) {
                Array.set(array, i, values[i]);
            }
            return array;
        });
    }

    /**
     * Binds values from a source.
     *
     * @param defaultText for requests without a value; given only where {@link #hasUseForDefault}
     * @throws IllegalArgumentException if the default can't be converted
     */
    ParameterBinder binder(ValueSource source, Conversion conversion, Optional<String> defaultText, BindingPoint point);

    /** The argument that holds these values; null if there are none where one is required. */
    Object hold(Object[] values);

    /** Whether a default would ever be used. */
    boolean hasUseForDefault();

    /**
     * A single value.
     *
     * @param absent the argument where the request has no value; null if a value is required
     * @param wrap makes the argument of the value
     */
    record One(Object absent, UnaryOperator<Object> wrap) implements Multiplicity {
        @Override
        public ParameterBinder binder(
                ValueSource source, Conversion conversion, Optional<String> defaultText, BindingPoint point) {
            Object usual = defaultText.map(conversion::convert).orElse(absent);
            var described = described(source, conversion, usual == null, defaultText, point);
            return new OneBinder(source, conversion, usual, wrap, described);
        }

        @Override
        public Object hold(Object[] values) {
            return values.length == 0 ? absent : wrap.apply(values[0]);
        }

        @Override
        public boolean hasUseForDefault() {
            return absent == null;
        }
    }

    /** Any number of values in the order of the request: an unmodifiable collection, or an array. */
    record Many(Function<Object[], Object> gather) implements Multiplicity {
        @Override
        public ParameterBinder binder(
                ValueSource source, Conversion conversion, Optional<String> defaultText, BindingPoint point) {
            Object[] usual = defaultText.map(conversion::convert).stream().toArray();
            var described = described(source, conversion, false, defaultText, point);
            return new ManyBinder(source, conversion, usual, gather, described);
        }

        @Override
        public Object hold(Object[] values) {
            return gather.apply(values);
        }

        @Override
        public boolean hasUseForDefault() {
            return true;
        }
    }

    private static DescribedParameter described(
            ValueSource source,
            Conversion conversion,
            boolean isRequired,
            Optional<String> defaultText,
            BindingPoint point) {
        return new DescribedParameter(
                DescribedParameter.Source.valueOf(source.in().name()),
                source.name(),
                point.type(),
                isRequired,
                defaultText,
                List.of(),
                conversion.origin() == Conversion.Origin.REGISTERED,
                point.annotations());
    }

    /** Binds the first value of a source; without one, the argument is {@code absent}, or if that is null, a fault. */
    record OneBinder(
            ValueSource source,
            Conversion conversion,
            Object absent,
            UnaryOperator<Object> wrap,
            DescribedParameter described)
            implements ParameterBinder {
        @Override
        public Object bind(Request request, BindingFaults faults) {
            Optional<String> text = source.first(request);
            if (text.isEmpty()) {
                if (absent == null) {
                    faults.missing(source);
                }
                return absent;
            }
            Object value = conversion.convert(text.get(), source, faults);
            return value == null ? null : wrap.apply(value);
        }

        @Override
        public List<ValueSource> sources() {
            return List.of(source);
        }

        @Override
        public List<DescribedParameter> describe() {
            return List.of(described);
        }
    }

    /**
     * Binds all values of a source, or the default values where it has none. Only the first value that is wrong is
     * reported, so that one parameter is one fault.
     */
    record ManyBinder(
            ValueSource source,
            Conversion conversion,
            Object[] defaultValues,
            Function<Object[], Object> gather,
            DescribedParameter described)
            implements ParameterBinder {
        @Override
        public Object bind(Request request, BindingFaults faults) {
            List<String> texts = source.all(request);
            if (texts.isEmpty()) {
                return gather.apply(defaultValues);
            }
            Object[] values = new Object[texts.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = conversion.convert(texts.get(i), source, faults);
                if (values[i] == null) {
                    return null;
                }
            }
            return gather.apply(values);
        }

        @Override
        public List<ValueSource> sources() {
            return List.of(source);
        }

        @Override
        public List<DescribedParameter> describe() {
            return List.of(described);
        }
    }
}
