package dev.bistro.scan;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.body.BodyCodec;
import dev.bistro.exception.ExceptionHandlers;
import dev.bistro.handler.HandlerAudit;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The classes of an application.
 *
 * @param controllers those with {@code @Route} or {@code @WebSocket}, by name
 * @param components those that injection may need, by name: implementations, factories, converters, filters, records of
 *     settings, classes with hooks
 * @param how how they were found, for the log: {@code by the index}
 */
public record ApplicationClasses(List<Class<?>> controllers, List<Class<?>> components, String how) {
    /** The interfaces that an application implements to extend Bistro. */
    public static final List<Class<?>> EXTENSIONS =
            List.of(Converter.class, BodyCodec.class, TemplateRenderer.class, Authenticator.class);

    /**
     * Finds the classes in the package of an application class, and below; those that can't be found or loaded are
     * problems.
     */
    public static ApplicationClasses find(Class<?> application, Problems problems) {
        return new ApplicationFinder(application, problems).find();
    }

    /** Sorts the given classes into controllers and components; a controller that can't be one is a problem. */
    public static ApplicationClasses of(Collection<Class<?>> classes, Problems problems) {
        return of(classes, "by name", problems);
    }

    static ApplicationClasses of(Collection<Class<?>> classes, String how, Problems problems) {
        if (OpenPackages.reportClosed(classes, problems)) {
            return new ApplicationClasses(List.of(), List.of(), how); // reflection would fail on them
        }
        var controllers = new ArrayList<Class<?>>();
        var components = new ArrayList<Class<?>>();
        classes.stream().distinct().sorted(Comparator.comparing(Class::getName)).forEach(type -> {
            checkFilter(type, problems);
            Optional<String> role = role(type);
            if (role.isEmpty() || canBeMade(type, role.get(), problems)) {
                (isController(type) ? controllers : components).add(type);
            }
        });
        var audit = new HandlerAudit(problems);
        components.forEach(type -> audit.checkStray(type, controllers));
        return new ApplicationClasses(controllers, components, how);
    }

    /** The components that convert parameters, read and write bodies, render views, or authenticate. */
    public List<Class<?>> extensions() {
        return components.stream()
                .filter(type -> EXTENSIONS.stream().anyMatch(port -> port.isAssignableFrom(type)))
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .toList();
    }

    /** The components that have methods for exceptions. */
    public List<Class<?>> withExceptionHandlers() {
        return components.stream()
                .filter(type -> !Modifier.isAbstract(type.getModifiers()) && ExceptionHandlers.areIn(type))
                .toList();
    }

    /** The components with {@code @Filter}. */
    public List<Class<?>> filters() {
        return components.stream()
                .filter(type -> type.isAnnotationPresent(Filter.class))
                .toList();
    }

    /** The components that settings are read into. */
    public List<Class<?>> configRecords() {
        return components.stream()
                .filter(type -> type.isAnnotationPresent(Config.class))
                .toList();
    }

    private static boolean isController(Class<?> type) {
        return type.isAnnotationPresent(Route.class) || type.isAnnotationPresent(WebSocket.class);
    }

    /** The annotation for which there is an object of a class. */
    private static Optional<String> role(Class<?> type) {
        return Stream.of(Route.class, WebSocket.class, Filter.class)
                .filter(type::isAnnotationPresent)
                .map(annotation -> "@" + annotation.getSimpleName())
                .findFirst();
    }

    private static void checkFilter(Class<?> type, Problems problems) {
        boolean isFilter = type.isAnnotationPresent(Filter.class);
        if (isFilter && isController(type)) {
            problems.add(Problem.of(
                            "two-roles", Place.name(type) + " has " + role(type).orElseThrow() + " and @Filter.")
                    .at(Place.of(type))
                    .cure("Make two classes of it: one that answers requests, and one that stands before it."));
        }
        if (!isFilter && type.isAnnotationPresent(Priority.class)) {
            problems.add(Problem.of("priority-without-filter", Place.name(type) + " has @Priority, but no @Filter.")
                    .at(Place.of(type))
                    .cure("Write @Filter on it, or take @Priority away: it orders filters."));
        }
    }

    private static boolean canBeMade(Class<?> type, String annotation, Problems problems) {
        String obstacle = type.isInterface()
                ? "an interface"
                : Modifier.isAbstract(type.getModifiers())
                        ? "an abstract class"
                        : type.isMemberClass() && !Modifier.isStatic(type.getModifiers())
                                ? "an inner class that isn't static"
                                : "";
        if (!obstacle.isEmpty()) {
            String kind = annotation.equals("@Filter") ? "not-a-filter" : "not-a-controller";
            problems.add(Problem.of(kind, Place.name(type) + " has " + annotation + ", but is " + obstacle + ".")
                    .at(Place.of(type))
                    .cure("Put " + annotation + " on a class of which an object can be made."));
        }
        return obstacle.isEmpty();
    }
}
