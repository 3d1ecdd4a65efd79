package dev.bistro.binding;

import java.lang.reflect.Type;
import java.util.Optional;

/** How an argument is made of texts: each is converted, and the values are held as the parameter's type holds them. */
record Values(Conversion conversion, Multiplicity multiplicity) {
    /**
     * How arguments of a type are made; empty if nothing converts to it. A converter registered for the whole type is
     * preferred to one for its elements.
     */
    static Optional<Values> of(Type type, Conversions conversions) {
        HeldType held = HeldType.of(type);
        return conversions
                .registered(type)
                .map(whole -> new Values(whole, Multiplicity.ONE))
                .or(() -> conversions.find(held.element()).map(each -> new Values(each, held.multiplicity())));
    }

    Values with(Conversion other) {
        return new Values(other, multiplicity);
    }

    /**
     * Binds them from a source.
     *
     * @throws IllegalArgumentException if the default can't be converted
     */
    ParameterBinder binder(ValueSource source, Optional<String> defaultText, BindingPoint point) {
        return multiplicity.binder(source, conversion, defaultText, point);
    }
}
