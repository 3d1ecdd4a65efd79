package dev.bistro.startup;

import dev.bistro.types.TypeNames;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A place in the user's code, as the startup report describes it: {@code parameter 'itemId' (1 of 2) of
 * ItemController.find(long, String) (ItemController.java:23)}. The file is known if the class file names it; the line
 * is the first of the method's code. Places with the same text are equal.
 */
public final class Place {
    private final String text;
    private final Optional<Class<?>> type;
    private final Supplier<Optional<String>> source;

    private Place(String text, Class<?> type, Supplier<Optional<String>> source) {
        this.text = text;
        this.type = Optional.ofNullable(type);
        this.source = source;
    }

    /** A place that isn't code, or whose code isn't known: {@code new Place("the binding of Clock")}. */
    public Place(String text) {
        this(text, null, Optional::empty);
    }

    /** A class: {@code ItemController}. */
    public static Place of(Class<?> type) {
        return new Place(name(type), type, () -> ClassLines.of(type));
    }

    /**
     * A method or constructor: {@code ItemController.find(long, String)}, {@code the constructor
     * ItemController(Items)}; or the method that the compiler makes of a lambda: {@code the lambda(String) in
     * ItemController.find}.
     */
    public static Place of(Executable executable) {
        return new Place(text(executable), executable.getDeclaringClass(), () -> source(executable));
    }

    private static String text(Executable executable) {
        String parameters = Arrays.stream(executable.getParameterTypes())
                .map(Place::name)
                .collect(Collectors.joining(", ", "(", ")"));
        String owner = name(executable.getDeclaringClass());
        if (executable instanceof Constructor) {
            return "the constructor " + owner + parameters;
        }
        return executable.isSynthetic() && executable.getName().startsWith("lambda$")
                ? "the lambda" + parameters + " in " + owner + enclosingMethod(executable.getName())
                : owner + "." + executable.getName() + parameters;
    }

    private static Optional<String> source(Executable executable) {
        boolean constructor = executable instanceof Constructor;
        Class<?> result = constructor ? void.class : ((Method) executable).getReturnType();
        return ClassLines.of(
                executable.getDeclaringClass(),
                constructor ? "<init>" : executable.getName(),
                MethodType.methodType(result, executable.getParameterTypes()).toMethodDescriptorString());
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
        return new Place(
                "parameter " + name + "(" + (index + 1) + " of " + executable.getParameterCount() + ") of "
                        + text(executable),
                executable.getDeclaringClass(),
                () -> source(executable));
    }

    /** A record's component: {@code component 'limit' of Page}. */
    public static Place of(RecordComponent component) {
        return new Place(
                "component '" + component.getName() + "' of " + name(component.getDeclaringRecord()),
                component.getDeclaringRecord(),
                () -> source(component.getAccessor()));
    }

    /** A field: {@code field 'engine' of Car}. */
    public static Place of(Field field) {
        return new Place(
                "field '" + field.getName() + "' of " + name(field.getDeclaringClass()),
                field.getDeclaringClass(),
                () -> ClassLines.of(field.getDeclaringClass()));
    }

    /**
     * A type's name without its package, as source code writes it: {@code Map.Entry}, {@code int[]}. For a class
     * without a name, what and where it is: {@code an anonymous Runnable in ItemController}, {@code a lambda in
     * ItemController}.
     */
    public static String name(Class<?> type) {
        return TypeNames.of(type);
    }

    /** The class that it is in; empty for a place that isn't code. */
    Optional<Class<?>> type() {
        return type;
    }

    /** The text that a report has after "at", without the file. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Place place && text.equals(place.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text, with file and line where they are known; it reads the class file for that. */
    @Override
    public String toString() {
        return source.get().map(file -> text + " (" + file + ")").orElse(text);
    }
}
