package dev.bistro.binding;

import dev.bistro.types.TypeNames;
import dev.bistro.types.Types;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A parameter's type, taken apart: {@code Optional<Sku>} holds one Sku or none. */
record HeldType(Type element, Multiplicity multiplicity) {
    private static final Map<Class<?>, Multiplicity> GENERIC = Map.of(
            Optional.class, Multiplicity.OPTIONAL,
            List.class, Multiplicity.LIST,
            Collection.class, Multiplicity.LIST,
            Set.class, Multiplicity.SET);

    private static final Map<Class<?>, HeldType> OPTIONAL_PRIMITIVES = Map.of(
            OptionalInt.class,
            new HeldType(
                    int.class, new Multiplicity.One(OptionalInt.empty(), value -> OptionalInt.of((Integer) value))),
            OptionalLong.class,
            new HeldType(
                    long.class, new Multiplicity.One(OptionalLong.empty(), value -> OptionalLong.of((Long) value))),
            OptionalDouble.class,
            new HeldType(
                    double.class,
                    new Multiplicity.One(OptionalDouble.empty(), value -> OptionalDouble.of((Double) value))));

    static HeldType of(Type type) {
        if (type instanceof ParameterizedType p && p.getActualTypeArguments().length == 1) {
            Multiplicity multiplicity = GENERIC.get(p.getRawType());
            return multiplicity == null
                    ? new HeldType(type, Multiplicity.ONE)
                    : new HeldType(Types.upperBound(p.getActualTypeArguments()[0]), multiplicity);
        }
        boolean isArray = type instanceof Class<?> c && c.isArray() && c != byte[].class; // bytes are a whole
        return isArray
                ? new HeldType(
                        ((Class<?>) type).getComponentType(),
                        Multiplicity.arrayOf(((Class<?>) type).getComponentType()))
                : OPTIONAL_PRIMITIVES.getOrDefault(type, new HeldType(type, Multiplicity.ONE));
    }

    /**
     * A simpler type for one that nests what no request nests: {@code List<String>} for {@code Optional<List<String>>},
     * since a list is empty where there is nothing. Empty for all other types.
     */
    static Optional<String> simpler(Type type) {
        HeldType outer = of(type);
        HeldType inner = of(outer.element);
        if (outer.multiplicity == Multiplicity.ONE || inner.multiplicity == Multiplicity.ONE) {
            return Optional.empty();
        }
        if (outer.multiplicity instanceof Multiplicity.Many) {
            Type raw = type instanceof ParameterizedType p ? p.getRawType() : List.class;
            return Optional.of(TypeNames.of(raw) + "<" + TypeNames.of(boxed(inner.element)) + ">");
        }
        return Optional.of(TypeNames.of(outer.element));
    }

    private static Type boxed(Type type) {
        return type instanceof Class<?> c ? MethodType.methodType(c).wrap().returnType() : type;
    }
}
