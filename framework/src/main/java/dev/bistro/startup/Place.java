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

    /** A method or constructor: {@code ItemController.find(long, String)}, {@code the constructor ItemController(Items)}. */
    public static Place of(Executable executable) {
        String parameters = Arrays.stream(executable.getParameterTypes())
                .map(Place::name)
                .collect(Collectors.joining(", ", "(", ")"));
        String owner = name(executable.getDeclaringClass());
        return executable instanceof Constructor
                ? new Place("the constructor " + owner + parameters)
                : new Place(owner + "." + executable.getName() + parameters);
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

    /** A type's name as source code next to it would write it: {@code Map.Entry}, {@code int[]}; no package. */
    public static String name(Class<?> type) {
        if (type.isArray()) {
            return name(type.getComponentType()) + "[]";
        }
        Class<?> outer = type.getEnclosingClass();
        return outer == null || type.isLocalClass() || type.isAnonymousClass()
                ? type.getSimpleName()
                : name(outer) + "." + type.getSimpleName();
    }

    @Override
    public String toString() {
        return text;
    }
}
