package dev.bistro.types;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Generic types: what the type variables of a class stand for, and whether a type is assignable to another. */
public final class Types {
    private Types() {}

    /** The erasure: {@code List} for {@code List<Item>}, and the bound's for a type variable or wildcard. */
    public static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return raw(array.getGenericComponentType()).arrayType();
        }
        return raw(bound(type));
    }

    /**
     * The bound of a wildcard or type variable: {@code Object} for {@code ?} and {@code T}. Any other type as it is.
     */
    private static Type bound(Type type) {
        return type instanceof TypeVariable<?> variable ? variable.getBounds()[0] : upperBound(type);
    }

    /**
     * The first type argument, or its bound: {@code Item} for {@code Optional<Item>}, {@code Object} for a raw
     * {@code Optional}.
     */
    public static Type argument(Type type) {
        return type instanceof ParameterizedType parameterized
                ? bound(parameterized.getActualTypeArguments()[0])
                : Object.class;
    }

    /**
     * What the only type variable of a class or interface above stands for in a type: {@code Sku} for a class
     * {@code SkuConverter} that somewhere implements {@code Converter<Sku>}. Empty if the type leaves that open, as the
     * class of a lambda does.
     */
    public static Optional<Type> argument(Type type, Class<?> above) {
        return Optional.of(as(type, above))
                .filter(ParameterizedType.class::isInstance)
                .map(seen -> ((ParameterizedType) seen).getActualTypeArguments()[0])
                .filter(argument ->
                        !(argument instanceof WildcardType) && free(argument).isEmpty());
    }

    /** {@code List<T>}. */
    public static Type listOf(Type element) {
        return new GenericType(List.class, Optional.empty(), List.of(element));
    }

    /** The upper bound of a wildcard; any other type as it is. */
    public static Type upperBound(Type type) {
        return type instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : type;
    }

    /** What the type variables of a type, its superclasses and its interfaces stand for. */
    public static Map<TypeVariable<?>, Type> variables(Type type) {
        var variables = new HashMap<TypeVariable<?>, Type>();
        collect(type, variables);
        return variables;
    }

    private static void collect(Type type, Map<TypeVariable<?>, Type> variables) {
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            TypeVariable<?>[] parameters = raw(type).getTypeParameters();
            for (int i = 0; i < parameters.length; i++) {
                variables.put(parameters[i], arguments[i]);
            }
            Optional.ofNullable(parameterized.getOwnerType()).ifPresent(owner -> collect(owner, variables));
        }
        supertypes(raw(type)).forEach(above -> collect(resolve(above, variables), variables));
    }

    private static Stream<Type> supertypes(Class<?> type) {
        Stream<Type> interfaces = Stream.of(type.getGenericInterfaces());
        return type.getGenericSuperclass() == null
                ? interfaces
                : Stream.concat(Stream.of(type.getGenericSuperclass()), interfaces);
    }

    /** Replaces the type variables in a type by what they stand for. A variable that stands for nothing stays. */
    public static Type resolve(Type type, Map<TypeVariable<?>, Type> variables) {
        if (type instanceof TypeVariable<?> variable) {
            return variables.getOrDefault(variable, variable);
        }
        if (type instanceof ParameterizedType parameterized) {
            return new GenericType(
                    raw(type),
                    Optional.ofNullable(parameterized.getOwnerType()).map(owner -> resolve(owner, variables)),
                    resolveAll(parameterized.getActualTypeArguments(), variables));
        }
        if (type instanceof GenericArrayType array) {
            Type component = resolve(array.getGenericComponentType(), variables);
            return component instanceof Class<?> plain ? plain.arrayType() : new GenericArray(component);
        }
        return type instanceof WildcardType wildcard
                ? new Wildcard(
                        resolveAll(wildcard.getUpperBounds(), variables),
                        resolveAll(wildcard.getLowerBounds(), variables))
                : type;
    }

    private static List<Type> resolveAll(Type[] types, Map<TypeVariable<?>, Type> variables) {
        return Stream.of(types).map(type -> resolve(type, variables)).toList();
    }

    /** Whether a type is assignable to another, type arguments included: {@code OrderStore} to {@code Store<Order>}. */
    public static boolean serves(Type provided, Type asked) {
        if (asked instanceof WildcardType wildcard) {
            return Stream.of(wildcard.getUpperBounds()).allMatch(bound -> serves(provided, bound))
                    && Stream.of(wildcard.getLowerBounds()).allMatch(bound -> serves(bound, provided));
        }
        if (!raw(asked).isAssignableFrom(raw(provided))) {
            return false;
        }
        if (!(asked instanceof ParameterizedType parameterized)) {
            return asked instanceof Class || asked.equals(provided);
        }
        return as(provided, raw(asked)) instanceof ParameterizedType same
                && argumentsServe(same.getActualTypeArguments(), parameterized.getActualTypeArguments());
    }

    private static boolean argumentsServe(Type[] provided, Type[] asked) {
        for (int i = 0; i < asked.length; i++) {
            boolean serves = asked[i] instanceof WildcardType
                    ? serves(upperBound(provided[i]), asked[i])
                    : asked[i].equals(provided[i]);
            if (!serves) {
                return false;
            }
        }
        return true;
    }

    /** A type as the class or interface above it: {@code OrderStore} as {@code Store} is {@code Store<Order>}. */
    public static Type as(Type type, Class<?> above) {
        if (raw(type) == above || above.getTypeParameters().length == 0) {
            return type;
        }
        var arguments = List.<Type>of(above.getTypeParameters());
        return resolve(
                new GenericType(above, Optional.ofNullable(above.getDeclaringClass()), arguments), variables(type));
    }

    /**
     * A generic class with the type arguments that make it assignable to a type: {@code JsonStore<Order>} for
     * {@code Store<Order>}, if {@code JsonStore<T>} implements {@code Store<T>}. Empty if that doesn't determine all of
     * its variables, or if none make it assignable.
     */
    public static Optional<Type> closed(Class<?> generic, Type asked) {
        if (!(asked instanceof ParameterizedType wanted) || !raw(asked).isAssignableFrom(generic)) {
            return Optional.empty();
        }
        var open = new GenericType(
                generic, Optional.ofNullable(generic.getDeclaringClass()), List.of(generic.getTypeParameters()));
        var known = new HashMap<TypeVariable<?>, Type>();
        if (as(open, raw(asked)) instanceof ParameterizedType seen) {
            for (int i = 0; i < wanted.getActualTypeArguments().length; i++) {
                if (seen.getActualTypeArguments()[i] instanceof TypeVariable<?> variable) {
                    known.putIfAbsent(variable, wanted.getActualTypeArguments()[i]);
                }
            }
        }
        return Optional.of(resolve(open, known))
                .filter(type -> known.keySet().containsAll(List.of(generic.getTypeParameters())))
                .filter(type -> isWithinBounds(generic, known))
                .filter(type -> serves(type, asked));
    }

    private static boolean isWithinBounds(Class<?> generic, Map<TypeVariable<?>, Type> known) {
        return Stream.of(generic.getTypeParameters())
                .allMatch(variable -> Stream.of(variable.getBounds())
                        .allMatch(bound -> serves(known.get(variable), resolve(bound, known))));
    }

    /** The first type variable in a type; empty if there is none. */
    public static Optional<TypeVariable<?>> free(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return Optional.of(variable);
        }
        return parts(type).flatMap(part -> free(part).stream()).findFirst();
    }

    /** The first generic class in a type that has no type arguments (a raw type); empty if there is none. */
    public static Optional<Class<?>> bare(Type type) {
        if (type instanceof Class<?> plain) {
            Class<?> element = plain.isArray() ? plain.getComponentType() : plain;
            return element.isArray()
                    ? bare(element)
                    : element.getTypeParameters().length > 0 ? Optional.of(element) : Optional.empty();
        }
        return parts(type).flatMap(part -> bare(part).stream()).findFirst();
    }

    private static Stream<Type> parts(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return Stream.of(parameterized.getActualTypeArguments());
        }
        if (type instanceof GenericArrayType array) {
            return Stream.of(array.getGenericComponentType());
        }
        return type instanceof WildcardType wildcard
                ? Stream.concat(Stream.of(wildcard.getUpperBounds()), Stream.of(wildcard.getLowerBounds()))
                : Stream.empty();
    }

    /** A parameterized type, equal to those of reflection. */
    private record GenericType(Class<?> type, Optional<Type> owner, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return type;
        }

        @Override
        public Type getOwnerType() {
            return owner.orElse(null);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ParameterizedType that
                    && type.equals(that.getRawType())
                    && Arrays.equals(getActualTypeArguments(), that.getActualTypeArguments());
        }

        @Override
        public int hashCode() {
            return arguments.hashCode() ^ owner.hashCode() ^ type.hashCode(); // like reflection's own
        }

        /** The same text as reflection's own, since users' codecs may compare it. */
        @Override
        public String toString() {
            String name = owner.map(outer -> outer.getTypeName() + "$" + type.getSimpleName())
                    .orElse(type.getName());
            return name + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
        }
    }

    private record GenericArray(Type component) implements GenericArrayType {
        @Override
        public Type getGenericComponentType() {
            return component;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof GenericArrayType that && component.equals(that.getGenericComponentType());
        }

        @Override
        public int hashCode() {
            return component.hashCode();
        }

        @Override
        public String toString() {
            return component.getTypeName() + "[]";
        }
    }

    private record Wildcard(List<Type> upper, List<Type> lower) implements WildcardType {
        @Override
        public Type[] getUpperBounds() {
            return upper.toArray(Type[]::new);
        }

        @Override
        public Type[] getLowerBounds() {
            return lower.toArray(Type[]::new);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WildcardType that
                    && Arrays.equals(getUpperBounds(), that.getUpperBounds())
                    && Arrays.equals(getLowerBounds(), that.getLowerBounds());
        }

        @Override
        public int hashCode() {
            return lower.hashCode() ^ upper.hashCode();
        }

        @Override
        public String toString() {
            if (lower.isEmpty() && upper.equals(List.of(Object.class))) {
                return "?";
            }
            return lower.isEmpty() ? "? extends " + names(upper) : "? super " + names(lower);
        }

        private static String names(List<Type> bounds) {
            return bounds.stream().map(Type::getTypeName).collect(Collectors.joining(" & "));
        }
    }
}
