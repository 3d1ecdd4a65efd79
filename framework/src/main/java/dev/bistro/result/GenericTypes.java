package dev.bistro.result;

import dev.bistro.http.Response;
import dev.bistro.startup.Place;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Return types with their arguments. A type that is left open counts as its bound: {@code ?} as {@code Object}. */
final class GenericTypes {
    private GenericTypes() {}

    /** The class without its arguments: {@code List} of {@code List<Item>}. */
    static Class<?> raw(Type type) {
        if (type instanceof Class<?> raw) {
            return raw;
        }
        if (type instanceof ParameterizedType parameterized) {
            return raw(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return raw(array.getGenericComponentType()).arrayType();
        }
        return raw(bound(type));
    }

    /** The first argument: {@code Item} of {@code Optional<Item>}, {@code Object} of a bare {@code Optional}. */
    static Type argument(Type type) {
        if (!(type instanceof ParameterizedType parameterized)) {
            return Object.class;
        }
        Type argument = parameterized.getActualTypeArguments()[0];
        return argument instanceof WildcardType || argument instanceof TypeVariable ? bound(argument) : argument;
    }

    /** The class of what is written in the end: {@code Item} of {@code Response<Optional<Item>>}. */
    static Class<?> innermost(Type type) {
        Class<?> raw = raw(type);
        return raw == Response.class || raw == Optional.class ? innermost(argument(type)) : raw;
    }

    private static Type bound(Type type) {
        return type instanceof TypeVariable<?> variable
                ? variable.getBounds()[0]
                : ((WildcardType) type).getUpperBounds()[0];
    }

    /** The type as source code has it, without packages: {@code Map<String, Item>}. */
    static String name(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return Place.name(raw(type))
                    + Arrays.stream(parameterized.getActualTypeArguments())
                            .map(GenericTypes::name)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
        return type instanceof Class<?> raw ? Place.name(raw) : type.getTypeName();
    }
}
