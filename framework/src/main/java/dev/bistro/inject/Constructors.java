package dev.bistro.inject;

import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The constructors by which injection makes objects. */
final class Constructors {
    private Constructors() {}

    /** Why no object of a class can be made by its constructor; empty if one can. */
    static String obstacle(Class<?> type) {
        String name = Key.of(type).toString();
        if (type.isInterface()) {
            return name + " is an interface";
        }
        if (type.isEnum() && !type.getName().startsWith("java.")) {
            int constants = type.getEnumConstants().length;
            return constants == 1 ? "" : name + " is an enum of " + constants + " constants";
        }
        if (type.isPrimitive() || type.isArray() || type.getName().startsWith("java.")) {
            return name + " is not made by injection";
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            return name + " is abstract";
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return name + " is an inner class that isn't static";
        }
        if (type.isLocalClass() || type.isAnonymousClass()) {
            return name + " is declared inside a method";
        }
        try {
            return of(type).isPresent() ? "" : name + " has no @Inject constructor, nor one without parameters";
        } catch (LinkageError | TypeNotPresentException e) {
            return name + " can't be loaded: " + e;
        }
    }

    /** The constructor with {@code @Inject}, or the one without parameters. */
    static Optional<Constructor<?>> of(Class<?> type) {
        List<Constructor<?>> all = Arrays.asList(type.getDeclaredConstructors());
        Optional<Constructor<?>> marked = all.stream()
                .filter(constructor -> constructor.isAnnotationPresent(Inject.class))
                .findFirst();
        return marked.or(() -> all.stream()
                .filter(constructor -> constructor.getParameterCount() == 0)
                .findFirst());
    }
}
