package dev.bistro.scan;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Unloadable;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reports classes that somebody names, and of which nothing could be made: they would be left out in silence. A class
 * that is found by a scan needn't be suitable, since nobody said that it is.
 */
final class Suitability {
    /** Classes with these annotations are looked at by others, whoever names them. */
    private static final List<Class<? extends Annotation>> LOOKED_AT =
            List.of(Route.class, WebSocket.class, Filter.class, Factory.class, Config.class);

    private Suitability() {}

    /**
     * The suitable ones of classes that were named by something: {@code add(…)}, {@code the library audit 1.2}. The
     * others are problems.
     */
    static List<Class<?>> check(List<Class<?>> classes, String by, Problems problems) {
        var suitable = new ArrayList<Class<?>>();
        classes.forEach(type -> Unloadable.guard(type, problems, () -> {
            String obstacle = obstacle(type);
            if (obstacle.isEmpty() || LOOKED_AT.stream().anyMatch(type::isAnnotationPresent)) {
                suitable.add(type);
            } else {
                problems.add(Problem.of(
                                "unsuitable-class", Place.name(type) + " is named by " + by + ", but " + obstacle + ".")
                        .at(Place.of(type))
                        .cure("Name classes of which objects can be made, or take it away: an interface or a superclass"
                                + " needn't be named."));
            }
        }));
        return suitable;
    }

    private static String obstacle(Class<?> type) {
        if (type.isPrimitive() || type.isArray() || type.getName().startsWith("java.")) {
            return "is one of Java's own types";
        }
        String kind = kind(type);
        if (!kind.isEmpty()) {
            return "is " + kind;
        }
        long constants =
                Stream.of(type.getFields()).filter(Field::isEnumConstant).count();
        if (type.isEnum()) {
            return constants == 1 ? "" : "is an enum of " + constants + " constants";
        }
        return Stream.of(type.getDeclaredConstructors()).noneMatch(Suitability::isForInjection)
                ? "has no @Inject constructor, nor one without parameters"
                : "";
    }

    /** What a class is of which no object can be made; empty for another. */
    static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "an annotation";
        }
        if (type.isInterface()) {
            return "an interface";
        }
        if (Modifier.isAbstract(type.getModifiers()) && !type.isEnum()) {
            return "an abstract class";
        }
        if (type.isLocalClass() || type.isAnonymousClass()) {
            return "declared inside a method";
        }
        return type.isMemberClass() && !Modifier.isStatic(type.getModifiers())
                ? "an inner class that isn't static"
                : "";
    }

    private static boolean isForInjection(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 || constructor.isAnnotationPresent(Inject.class);
    }
}
