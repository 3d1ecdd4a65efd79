package dev.bistro.startup;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where in the user's code a fault is, as the startup report words it: {@code parameter 'itemId' (1 of 2) of ItemController.find(long, String)}.
 *
 * @param text the wording, to stand after "at"
 */
public record Place(String text) {
    /** A class: {@code ItemController}. */
    public static Place of(Class<?> type) {
        return new Place(name(type));
    }

    /**
     * A method or constructor: {@code ItemController.find(long, String)}, {@code the constructor ItemController(Items)}; the method that the compiler
     * makes of a lambda: {@code the lambda(String) in ItemController.find}.
     */
    public static Place of(Executable executable) {
        String parameters = Arrays.stream(executable.getParameterTypes())
                .map(Place::name)
                .collect(Collectors.joining(", ", "(", ")"));
        String owner = name(executable.getDeclaringClass());
        if (executable instanceof Constructor) {
            return new Place("the constructor " + owner + parameters);
        }
        return executable.isSynthetic() && executable.getName().startsWith("lambda$")
                ? new Place("the lambda" + parameters + " in " + owner + enclosingMethod(executable.getName()))
                : new Place(owner + "." + executable.getName() + parameters);
    }

    private static String enclosingMethod(String lambda) {
        String method = lambda.substring("lambda$".length(), lambda.lastIndexOf('$'));
        return method.equals("new") || method.equals("static") ? "" : "." + method;
    }

    /** A parameter: {@code parameter 'prices' (2 of 2) of the constructor ItemController(Items, PriceList)}. */
    public static Place of(Parameter parameter) {
        Executable executable = parameter.getDeclaringExecutable();
        int index = Arrays.asList(executable.getParameters()).indexOf(parameter);
        String name = parameter.isNamePresent() ? "'" + parameter.getName() + "' " : "";
        return new Place("parameter " + name + "(" + (index + 1) + " of " + executable.getParameterCount() + ") of "
                + of(executable).text);
    }

    /** A record's component: {@code component 'limit' of Page}. */
    public static Place of(RecordComponent component) {
        return new Place("component '" + component.getName() + "' of " + name(component.getDeclaringRecord()));
    }

    /** A field: {@code field 'engine' of Car}. */
    public static Place of(Field field) {
        return new Place("field '" + field.getName() + "' of " + name(field.getDeclaringClass()));
    }

    /**
     * A type's name as source code next to it would write it, without its package: {@code Map.Entry}, {@code int[]}; for one that has no name, what and
     * where it is: {@code an anonymous Runnable in ItemController}, {@code a lambda in ItemController}.
     */
    public static String name(Class<?> type) {
        if (type.isArray()) {
            return name(type.getComponentType()) + "[]";
        }
        if (type.isAnonymousClass()) {
            Class<?> superclass = type.getSuperclass();
            Class<?> what = superclass == Object.class && type.getInterfaces().length == 1
                    ? type.getInterfaces()[0]
                    : superclass;
            return "an anonymous " + name(what) + " in " + name(type.getEnclosingClass());
        }
        int lambda = type.getSimpleName().indexOf("$$Lambda");
        if (lambda > 0) {
            return "a lambda in " + type.getSimpleName().substring(0, lambda).replace('$', '.');
        }
        Class<?> outer = type.isLocalClass() ? null : type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : name(outer) + "." + type.getSimpleName();
    }

    @Override
    public String toString() {
        return text;
    }
}
