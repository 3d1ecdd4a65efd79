package dev.bistro.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Optional;

/** A parameter's type, taken apart: {@code Optional<Sku>} holds one Sku or none. */
record HeldType(Type element, Holding holding) {
    static HeldType of(Type type) {
        if (type instanceof ParameterizedType p && p.getActualTypeArguments().length == 1) {
            return ofGeneric((Class<?>) p.getRawType(), p);
        }
        if (type instanceof Class<?> c) {
            HeldType optional = OptionalHolding.OF_PRIMITIVES.get(c);
            return optional != null ? optional : ofClass(c);
        }
        return new HeldType(type, Holding.ONE);
    }

    /** An array of bytes isn't many bytes, but content as a whole. */
    private static HeldType ofClass(Class<?> c) {
        return c.isArray() && c != byte[].class
                ? new HeldType(c.getComponentType(), ManyHolding.arrayOf(c.getComponentType()))
                : new HeldType(c, Holding.ONE);
    }

    private static HeldType ofGeneric(Class<?> raw, ParameterizedType type) {
        Type element = upperBound(type.getActualTypeArguments()[0]);
        if (raw == Optional.class) {
            return new HeldType(element, OptionalHolding.OF_OBJECT);
        }
        ManyHolding many = ManyHolding.COLLECTIONS.get(raw);
        return many == null ? new HeldType(type, Holding.ONE) : new HeldType(element, many);
    }

    private static Type upperBound(Type argument) {
        return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
    }
}
