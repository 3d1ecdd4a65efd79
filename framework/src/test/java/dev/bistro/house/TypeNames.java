package dev.bistro.house;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.stream.Stream;

/** Generic types as text, and the classes that they mention. */
final class TypeNames {
    private TypeNames() {}

    /** The type as source code writes it, with packages but {@code java.lang}. */
    static String name(Type type) {
        return type.getTypeName().replace('$', '.').replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? raw(generic.getRawType()) : (Class<?>) type;
    }

    /** The classes in it; a variable's are those of its bounds where it is declared. */
    static Stream<Class<?>> classes(Type type) {
        if (type instanceof Class<?> single) {
            return Stream.of(single.isArray() ? single.getComponentType() : single)
                    .flatMap(part -> part.isArray() ? classes(part) : Stream.of(part));
        }
        if (type instanceof ParameterizedType generic) {
            return Stream.concat(classes(generic.getRawType()), all(generic.getActualTypeArguments()));
        }
        if (type instanceof GenericArrayType array) {
            return classes(array.getGenericComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return Stream.concat(all(wildcard.getUpperBounds()), all(wildcard.getLowerBounds()));
        }
        return Stream.empty();
    }

    private static Stream<Class<?>> all(Type[] types) {
        return Arrays.stream(types).flatMap(TypeNames::classes);
    }
}
