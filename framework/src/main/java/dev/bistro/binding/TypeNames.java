package dev.bistro.binding;

import dev.bistro.startup.Place;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Types as messages write them. */
final class TypeNames {
    private TypeNames() {}

    /** A type as source code would write it, without packages: {@code List<Sku>}. */
    static String of(Type type) {
        if (type instanceof Class<?> c) {
            return Place.name(c);
        }
        if (type instanceof ParameterizedType p) {
            return of(p.getRawType())
                    + Arrays.stream(p.getActualTypeArguments())
                            .map(TypeNames::of)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
        if (type instanceof GenericArrayType a) {
            return of(a.getGenericComponentType()) + "[]";
        }
        if (type instanceof WildcardType w && w.getLowerBounds().length == 0) {
            return w.getUpperBounds()[0] == Object.class ? "?" : "? extends " + of(w.getUpperBounds()[0]);
        }
        return type.getTypeName();
    }

    /** A type's name with its article: {@code an Order}, {@code a Sku}. */
    static String withArticle(Type type) {
        String name = of(type);
        return ("AEIOUaeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
    }
}
