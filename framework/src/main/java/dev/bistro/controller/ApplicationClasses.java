package dev.bistro.controller;

import dev.bistro.annotation.Route;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The classes that an application is made of.
 *
 * @param controllers those with {@code @Route}, by name
 * @param components those that injection may need: implementations, factories, converters; by name
 */
public record ApplicationClasses(List<Class<?>> controllers, List<Class<?>> components) {
    /** Sorts classes that were found or given into controllers and components; a controller that can't be one is a problem. */
    public static ApplicationClasses of(Collection<Class<?>> classes, Problems problems) {
        var controllers = new ArrayList<Class<?>>();
        var components = new ArrayList<Class<?>>();
        classes.stream().distinct().sorted(Comparator.comparing(Class::getName)).forEach(type -> {
            if (!type.isAnnotationPresent(Route.class)) {
                components.add(type);
            } else if (canBeMade(type, problems)) {
                controllers.add(type);
            }
        });
        checkStray(components, controllers, problems);
        return new ApplicationClasses(controllers, components);
    }

    /** Looks for methods that would answer requests in classes that are no controllers. */
    static void checkStray(Collection<Class<?>> classes, Collection<Class<?>> controllers, Problems problems) {
        var audit = new HandlerAudit(problems);
        classes.forEach(type -> audit.checkStray(type, controllers));
    }

    private static boolean canBeMade(Class<?> type, Problems problems) {
        String obstacle = type.isInterface()
                ? "an interface"
                : Modifier.isAbstract(type.getModifiers())
                        ? "an abstract class"
                        : type.isMemberClass() && !Modifier.isStatic(type.getModifiers())
                                ? "an inner class that isn't static"
                                : "";
        if (!obstacle.isEmpty()) {
            problems.add(Problem.of("not-a-controller", Place.name(type) + " has @Route, but is " + obstacle + ".")
                    .at(Place.of(type))
                    .cure("Put @Route on a class of which an object can be made."));
        }
        return obstacle.isEmpty();
    }
}
