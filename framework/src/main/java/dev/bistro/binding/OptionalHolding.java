package dev.bistro.binding;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** One value or none. */
record OptionalHolding(Object empty, UnaryOperator<Object> wrap) implements Multiplicity {
    static final OptionalHolding OF_OBJECT = new OptionalHolding(Optional.empty(), Optional::of);

    /** The optional types of primitives, with the primitives that they hold. */
    static final Map<Class<?>, HeldType> OF_PRIMITIVES = Map.of(
            OptionalInt.class,
                    new HeldType(
                            int.class,
                            new OptionalHolding(OptionalInt.empty(), value -> OptionalInt.of((Integer) value))),
            OptionalLong.class,
                    new HeldType(
                            long.class,
                            new OptionalHolding(OptionalLong.empty(), value -> OptionalLong.of((Long) value))),
            OptionalDouble.class,
                    new HeldType(
                            double.class,
                            new OptionalHolding(OptionalDouble.empty(), value -> OptionalDouble.of((Double) value))));

    @Override
    public ParameterBinder binder(ValueSource source, Conversion conversion) {
        return new OptionalBinder(source, conversion, empty, wrap);
    }

    @Override
    public ParameterBinder binder(ValueSource source, Conversion conversion, Object defaultValue) {
        throw new IllegalStateException("An optional value has no use for a default");
    }

    @Override
    public boolean hasUseForDefault() {
        return false;
    }
}
