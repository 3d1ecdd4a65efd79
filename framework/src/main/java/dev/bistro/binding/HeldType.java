package dev.bistro.binding;

import dev.bistro.types.TypeNames;
import dev.bistro.types.Types;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** A parameter's type, taken apart: {@code Optional<Sku>} holds one Sku or none. */
record HeldType(Type element, Multiplicity holding) {
    static HeldType of(Type type) {
        if (type instanceof ParameterizedType p && p.getActualTypeArguments().length == 1) {
            return ofGeneric((Class<?>) p.getRawType(), p);
        }
        if (type instanceof Class<?> c) {
            HeldType optional = OptionalHolding.OF_PRIMITIVES.get(c);
            return optional != null ? optional : ofClass(c);
        }
        return new HeldType(type, Multiplicity.ONE);
    }

    /** An array of bytes isn't many bytes, but content as a whole. */
    private static HeldType ofClass(Class<?> c) {
        return c.isArray() && c != byte[].class
                ? new HeldType(c.getComponentType(), ManyHolding.arrayOf(c.getComponentType()))
                : new HeldType(c, Multiplicity.ONE);
    }

    private static HeldType ofGeneric(Class<?> raw, ParameterizedType type) {
        Type element = Types.upperBound(type.getActualTypeArguments()[0]);
        if (raw == Optional.class) {
            return new HeldType(element, OptionalHolding.OF_OBJECT);
        }
        ManyHolding many = ManyHolding.COLLECTIONS.get(raw);
        return many == null ? new HeldType(type, Multiplicity.ONE) : new HeldType(element, many);
    }

    /**
     * What to write instead of a type that holds values within what holds values, which no request has: {@code List<String>} for
     * {@code Optional<List<String>>}, since a list is empty where there is nothing. Empty for all other types.
     */
    static Optional<String> simpler(Type type) {
        HeldType outer = of(type);
        HeldType inner = of(outer.element);
        if (outer.holding == Multiplicity.ONE || inner.holding == Multiplicity.ONE) {
            return Optional.empty();
        }
        if (outer.holding instanceof ManyHolding) {
            Type raw = type instanceof ParameterizedType p ? p.getRawType() : List.class;
            return Optional.of(TypeNames.of(raw) + "<" + TypeNames.of(boxed(inner.element)) + ">");
        }
        return Optional.of(TypeNames.of(outer.element));
    }

    private static Type boxed(Type type) {
        return type instanceof Class<?> c ? MethodType.methodType(c).wrap().returnType() : type;
    }
}
