package dev.bistro.types;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes types for messages. */
public final class TypeNames {
    /** As Java names the class of a lambda at run time, and Bistro's build, which makes {@code Verbs$$0}. */
    private static final Pattern LAMBDA = Pattern.compile("(.+?)[$][$](Lambda.*|[0-9]+)");

    private TypeNames() {}

    /**
     * A type as source code next to it would write it, without packages: {@code Map<String, Item>}, {@code Map.Entry},
     * {@code int[]}. A class that has no name is described by what and where it is:
     * {@code an anonymous Runnable in ItemController}, {@code a lambda in ItemController}.
     */
    public static String of(Type type) {
        if (type instanceof Class<?> plain) {
            return of(plain);
        }
        if (type instanceof ParameterizedType parameterized) {
            return of(parameterized.getRawType()) + all(parameterized.getActualTypeArguments(), ", ", "<", ">");
        }
        if (type instanceof GenericArrayType array) {
            return of(array.getGenericComponentType()) + "[]";
        }
        return type instanceof WildcardType wildcard ? of(wildcard) : type.getTypeName();
    }

    private static String of(WildcardType wildcard) {
        if (wildcard.getLowerBounds().length > 0) {
            return all(wildcard.getLowerBounds(), " & ", "? super ", "");
        }
        return Types.upperBound(wildcard) == Object.class
                ? "?"
                : all(wildcard.getUpperBounds(), " & ", "? extends ", "");
    }

    private static String of(Class<?> type) {
        if (type.isArray()) {
            return of(type.getComponentType()) + "[]";
        }
        if (type.isAnonymousClass()) {
            Class<?> superclass = type.getSuperclass();
            Class<?> what = superclass == Object.class && type.getInterfaces().length == 1
                    ? type.getInterfaces()[0]
                    : superclass;
            return "an anonymous " + of(what) + " in " + of(type.getEnclosingClass());
        }
        Matcher lambda = LAMBDA.matcher(type.getSimpleName());
        if (type.isSynthetic() && lambda.matches()) {
            return "a lambda in " + lambda.group(1).replace('$', '.');
        }
        Class<?> outer = type.isLocalClass() ? null : type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : of(outer) + "." + type.getSimpleName();
    }

    private static String all(Type[] types, String between, String before, String after) {
        return Arrays.stream(types).map(TypeNames::of).collect(Collectors.joining(between, before, after));
    }

    /** A type's name with its article: {@code an Order}, {@code a Sku}. */
    public static String withArticle(Type type) {
        String name = of(type);
        return ("AEIOUaeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
    }
}
