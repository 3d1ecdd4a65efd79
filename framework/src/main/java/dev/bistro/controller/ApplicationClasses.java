package dev.bistro.controller;

import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.body.BodyCodec;
import dev.bistro.html.TemplateRenderer;
import dev.bistro.http.Converter;
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
 * @param controllers those with {@code @Route} or {@code @WebSocket}, by name
 * @param components those that injection may need: implementations, factories, converters, records of settings, classes with hooks; by name
 * @param how how they were found, for the startup report: {@code by the index}
 */
public record ApplicationClasses(List<Class<?>> controllers, List<Class<?>> components, String how) {
    /** Interfaces of ours that an application implements to be asked. */
    private static final List<Class<?>> EXTENSIONS = List.of(Converter.class, BodyCodec.class, TemplateRenderer.class);

    /** Finds the classes in the package of an application class, and below: what can't be found or loaded is a problem. */
    public static ApplicationClasses find(Class<?> application, Problems problems) {
        return new ApplicationFinder(application, problems).find();
    }

    /** Sorts classes that were given into controllers and components; a controller that can't be one is a problem. */
    public static ApplicationClasses of(Collection<Class<?>> classes, Problems problems) {
        return of(classes, "by name", problems);
    }

    static ApplicationClasses of(Collection<Class<?>> classes, String how, Problems problems) {
        if (OpenPackages.reportClosed(classes, problems)) {
            return new ApplicationClasses(
                    List.of(), List.of(), how); // nothing more can be said of classes that can't be looked into
        }
        var controllers = new ArrayList<Class<?>>();
        var components = new ArrayList<Class<?>>();
        classes.stream().distinct().sorted(Comparator.comparing(Class::getName)).forEach(type -> {
            if (!isController(type)) {
                components.add(type);
            } else if (canBeMade(type, problems)) {
                controllers.add(type);
            }
        });
        var audit = new HandlerAudit(problems);
        components.forEach(type -> audit.checkStray(type, controllers));
        return new ApplicationClasses(controllers, components, how);
    }

    /** The components that convert parameters, read and write bodies, or render views. */
    public List<Class<?>> extensions() {
        return components.stream()
                .filter(type -> EXTENSIONS.stream().anyMatch(port -> port.isAssignableFrom(type)))
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .toList();
    }

    /** Those of the components that have methods for exceptions. */
    public List<Class<?>> withExceptionHandlers() {
        return components.stream()
                .filter(type -> !Modifier.isAbstract(type.getModifiers()) && ExceptionHandlers.areIn(type))
                .toList();
    }

    private static boolean isController(Class<?> type) {
        return type.isAnnotationPresent(Route.class) || type.isAnnotationPresent(WebSocket.class);
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
            String annotation = type.isAnnotationPresent(Route.class) ? "@Route" : "@WebSocket";
            problems.add(Problem.of(
                            "not-a-controller", Place.name(type) + " has " + annotation + ", but is " + obstacle + ".")
                    .at(Place.of(type))
                    .cure("Put " + annotation + " on a class of which an object can be made."));
        }
        return obstacle.isEmpty();
    }
}
