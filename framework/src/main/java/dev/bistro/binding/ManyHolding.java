package dev.bistro.binding;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Any number of values, in the order of the request: an unmodifiable collection, or an array. */
record ManyHolding(Function<Object[], Object> gather) implements Multiplicity {
    static final ManyHolding LIST = new ManyHolding(List::of);
    private static final ManyHolding SET =
            new ManyHolding(values -> Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(values))));

    /** The collections that a parameter may be. */
    static final Map<Class<?>, ManyHolding> COLLECTIONS =
            Map.of(List.class, LIST, Collection.class, LIST, Set.class, SET);

    /** An array of this component type. */
    static ManyHolding arrayOf(Class<?> component) {
        return new ManyHolding(values -> {
            Object array = Array.newInstance(component, values.length);
            for (int i = 0; i < values.length; i++) {
                Array.set(array, i, values[i]);
            }
            return array;
        });
    }

    @Override
    public ParameterBinder binder(ValueSource source, Conversion conversion) {
        return new ManyBinder(source, conversion, new Object[0], gather);
    }

    @Override
    public ParameterBinder binder(ValueSource source, Conversion conversion, Object defaultValue) {
        return new ManyBinder(source, conversion, new Object[] {defaultValue}, gather);
    }
}
