package dev.bistro.inject;

import dev.bistro.types.Types;
import jakarta.inject.Provider;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A type around a dependency that injection makes itself. */
enum DependencyWrapper {
    /** A {@code Provider}, which makes the object when it is asked. */
    PROVIDER,
    /** An {@code Optional}, which is empty if nothing provides the object. */
    OPTIONAL,
    /** A {@code List} with the object of everything that provides one. */
    LIST,
    /** A {@code Map} with the object of everything that provides one and has a name, by its {@code @Named}. */
    MAP;

    private static final Map<Class<?>, DependencyWrapper> OF_CLASSES =
            Map.of(Provider.class, PROVIDER, Optional.class, OPTIONAL, List.class, LIST);

    /** The wrapper that a type is; empty if it is none. */
    static Optional<DependencyWrapper> of(Type type) {
        return isByName(type) ? Optional.of(MAP) : Optional.ofNullable(OF_CLASSES.get(Types.raw(type)));
    }

    /** Whether it is a {@code Map<String, T>}; a map with other keys is no wrapper. */
    private static boolean isByName(Type type) {
        return Types.raw(type) == Map.class
                && type instanceof ParameterizedType map
                && Types.upperBound(map.getActualTypeArguments()[0]) == String.class;
    }

    /** Whether the application may provide such an object as a whole, so that a {@code @Bean} method returns it. */
    boolean isCollection() {
        return this == LIST || this == MAP;
    }

    /** The type in a wrapper; {@code Object} if the wrapper doesn't tell. */
    static Type wrapped(Type type) {
        return type instanceof ParameterizedType parameterized
                ? Types.upperBound(parameterized.getActualTypeArguments()[isByName(type) ? 1 : 0])
                : Object.class;
    }
}
