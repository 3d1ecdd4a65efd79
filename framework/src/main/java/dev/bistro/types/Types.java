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

/** Generic types: what a class's variables stand for, and whether one type serves where another is asked for. */
public final class Types {
    private Types() {}

    /** The class without its arguments: {@code List} of {@code List<Item>}; of what is left open that of its bound. */
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

    /** What is left open as its bound: {@code Object} of {@code ?} and of {@code T}; any other type as it is. */
    private static Type bound(Type type) {
        return type instanceof TypeVariable<?> variable ? variable.getBounds()[0] : upperBound(type);
    }

    /** The first argument: {@code Item} of {@code Optional<Item>}, {@code Object} of a bare {@code Optional}; of one that is left open its bound. */
    public static Type argument(Type type) {
        return type instanceof ParameterizedType parameterized
                ? bound(parameterized.getActualTypeArguments()[0])
                : Object.class;
    }

    /**
     * What a type says of the only variable of one that it extends or implements: {@code Sku} of a class {@code SkuConverter} that is, somewhere in its ancestry, a
     * {@code Converter<Sku>}. Empty if it leaves that open, as a lambda's class does.
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

    /** Of a wildcard its upper bound; any other type as it is. */
    public static Type upperBound(Type type) {
        return type instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : type;
    }

    /** What the variables of a type's class stand for, and those of all that it extends and implements. */
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

    /** A type with its variables replaced by what they stand for; one that stands for nothing stays. */
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

    /** Whether an object of one type can be given where another is asked for: {@code OrderStore} for {@code Store<Order>}. */
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

    /** A type seen as one that it extends or implements: {@code OrderStore} as a {@code Store} is a {@code Store<Order>}. */
    public static Type as(Type type, Class<?> above) {
        if (raw(type) == above || above.getTypeParameters().length == 0) {
            return type;
        }
        var arguments = List.<Type>of(above.getTypeParameters());
        return resolve(
                new GenericType(above, Optional.ofNullable(above.getDeclaringClass()), arguments), variables(type));
    }

    /**
     * The type with arguments as which a generic class serves: {@code JsonStore<Order>} where {@code Store<Order>} is asked for, and
     * {@code JsonStore<T>} implements {@code Store<T>}. Empty if not all of its variables are known by that, or it doesn't serve.
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

    /** The first variable in a type that stands for nothing; empty if all of it is known. */
    public static Optional<TypeVariable<?>> free(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return Optional.of(variable);
        }
        return parts(type).flatMap(part -> free(part).stream()).findFirst();
    }

    /** The first generic class in a type that stands there without its arguments; empty if there is none. */
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

    /** A class with arguments, equal to one that reflection gives. */
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
            return arguments.hashCode() ^ owner.hashCode() ^ type.hashCode(); // as reflection's own has it
        }

        /** The name, as that of reflection's own: codecs of the user's compare it. */
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
