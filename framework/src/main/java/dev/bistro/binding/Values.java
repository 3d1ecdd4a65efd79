package dev.bistro.binding;

import java.lang.reflect.Type;
import java.util.Optional;

/** How the values of a type are made of texts: each by the conversion, then held as the type holds them. */
record Values(Conversion conversion, Multiplicity holding) {
    /** How a type's values are made; empty if nothing converts to it. A converter registered for the whole type goes before its elements'. */
    static Optional<Values> of(Type type, Conversions conversions) {
        HeldType held = HeldType.of(type);
        return conversions
                .registered(type)
                .map(whole -> new Values(whole, Multiplicity.ONE))
                .or(() -> conversions.find(held.element()).map(each -> new Values(each, held.holding())));
    }

    /** These, made of texts in another way. */
    Values with(Conversion other) {
        return new Values(other, holding);
    }

    /**
     * Binds them from a source.
     *
     * @throws IllegalArgumentException if the default can't be converted
     */
    ParameterBinder binder(ValueSource source, Optional<String> defaultText) {
        return defaultText.isEmpty()
                ? holding.binder(source, conversion)
                : holding.binder(source, conversion, conversion.convert(defaultText.get()));
    }
}
