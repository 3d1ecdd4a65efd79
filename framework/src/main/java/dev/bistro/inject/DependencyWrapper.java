package dev.bistro.inject;

import dev.bistro.types.Types;
import jakarta.inject.Provider;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In what a dependency is handed over, if not as it is. */
enum DependencyWrapper {
    /** In a {@code Provider}, which makes it when it is asked. */
    PROVIDER,
    /** In an {@code Optional}, which is empty where nothing provides it. */
    OPTIONAL,
    /** In a {@code List}, of all that provide it. */
    LIST;

    private static final Map<Class<?>, DependencyWrapper> OF_CLASSES =
            Map.of(Provider.class, PROVIDER, Optional.class, OPTIONAL, List.class, LIST);

    /** The holding that a type is; empty if it is asked for as it is. */
    static Optional<DependencyWrapper> of(Type type) {
        return Optional.ofNullable(OF_CLASSES.get(Types.raw(type)));
    }

    /** What a holding holds; {@code Object} if it doesn't say. */
    static Type held(Type type) {
        return type instanceof ParameterizedType parameterized
                ? Types.upperBound(parameterized.getActualTypeArguments()[0])
                : Object.class;
    }
}
