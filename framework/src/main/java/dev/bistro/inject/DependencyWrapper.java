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
    LIST;

    private static final Map<Class<?>, DependencyWrapper> OF_CLASSES =
            Map.of(Provider.class, PROVIDER, Optional.class, OPTIONAL, List.class, LIST);

    /** The wrapper that a type is; empty if it is none. */
    static Optional<DependencyWrapper> of(Type type) {
        return Optional.ofNullable(OF_CLASSES.get(Types.raw(type)));
    }

    /** The type in a wrapper; {@code Object} if the wrapper doesn't tell. */
    static Type wrapped(Type type) {
        return type instanceof ParameterizedType parameterized
                ? Types.upperBound(parameterized.getActualTypeArguments()[0])
                : Object.class;
    }
}
