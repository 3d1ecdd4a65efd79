package dev.bistro.scan;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Primary;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.json.JsonCodecFactory;
import dev.bistro.data.SqlExceptionMapper;
import dev.bistro.exception.ExceptionHandlers;
import dev.bistro.handler.HandlerAudit;
import dev.bistro.health.HealthCheck;
import dev.bistro.html.TemplateRenderer;
import dev.bistro.http.Converter;
import dev.bistro.openapi.OpenApiCustomizer;
import dev.bistro.session.SessionRevocations;
import dev.bistro.session.SessionStore;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The classes of an application.
 *
 * @param controllers those with {@code @Route} or {@code @WebSocket}, by name
 * @param components those that injection may need, by name: implementations, factories, converters, filters, records of
 *     settings, classes with hooks
 * @param how how they were found, for the log: {@code by the index}
 */
public record ApplicationClasses(List<Class<?>> controllers, List<Class<?>> components, String how) {
    /** What an application implements to extend Bistro, or extends itself: {@code SimpleModule} of Jackson. */
    public static final List<Class<?>> EXTENSIONS = joined(
            List.of(
                    Converter.class,
                    BodyCodec.class,
                    TemplateRenderer.class,
                    OpenApiCustomizer.class,
                    HealthCheck.class,
                    Authenticator.class,
                    SessionStore.class,
                    SessionRevocations.class,
                    SqlExceptionMapper.class),
            JsonCodecFactory.EXTENSIONS);

    /**
     * Finds the classes in the package of an application class, and below; those that can't be found or loaded are
     * problems.
     */
    public static ApplicationClasses find(Class<?> application, Problems problems) {
        return find(application, ClassChoice.NONE, problems);
    }

    /** The same, with what a program says about them. */
    public static ApplicationClasses find(Class<?> application, ClassChoice choice, Problems problems) {
        return new ApplicationFinder(application, choice, problems).find();
    }

    /** The classes of a library: one that can't be used is a problem. */
    public static ApplicationClasses ofLibrary(List<Class<?>> classes, String title, Problems problems) {
        String library = "the library " + title;
        return of(Suitability.check(classes, library, problems), "in " + library, problems);
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
        var byName = new ArrayList<Class<?>>(new LinkedHashSet<>(classes));
        byName.sort(Comparator.comparing(Class::getName));
        for (Class<?> type : byName) {
            checkRoles(type, problems);
            Optional<String> role = role(type);
            if (role.isEmpty() || canBeMade(type, role.get(), problems)) {
                (isController(type) ? controllers : components).add(type);
            }
        }
        var audit = new HandlerAudit(problems);
        for (Class<?> type : components) {
            audit.checkStray(type, controllers);
        }
        return new ApplicationClasses(controllers, components, how);
    }

    /** These classes, and after them those of a library. */
    public ApplicationClasses and(ApplicationClasses library) {
        return new ApplicationClasses(
                joined(controllers, library.controllers), joined(components, library.components), how);
    }

    private static List<Class<?>> joined(List<Class<?>> first, List<Class<?>> second) {
        var joined = new ArrayList<Class<?>>(first);
        joined.addAll(second);
        return List.copyOf(joined);
    }

    /** How many there are of each kind, each class once: {@code 2 controllers, 1 filter}. */
    public String describe() {
        var counts = new LinkedHashMap<String, Integer>();
        controllers.forEach(type -> counts.merge("controller", 1, Integer::sum));
        components.forEach(type -> counts.merge(kind(type), 1, Integer::sum));
        return counts.isEmpty()
                ? "no classes"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + plural(count.getKey(), count.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String plural(String kind, int count) {
        if (count == 1) {
            return kind;
        }
        return kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotationPresent(Filter.class)) {
            return "filter";
        }
        if (type.isAnnotationPresent(Factory.class)) {
            return "factory";
        }
        if (type.isAnnotationPresent(Config.class)) {
            return "settings record";
        }
        if (BodyCodec.class.isAssignableFrom(type)) {
            return "codec";
        }
        if (Converter.class.isAssignableFrom(type)) {
            return "converter";
        }
        return ExceptionHandlers.areIn(type) ? "exception handler" : "component";
    }

    /**
     * The components that convert parameters, read and write bodies, render views, authenticate, keep sessions, check
     * health, or adjust JSON.
     */
    public List<Class<?>> extensions() {
        var extensions = new ArrayList<Class<?>>();
        for (Class<?> type : components) {
            if (!Modifier.isAbstract(type.getModifiers()) && isExtension(type)) {
                extensions.add(type);
            }
        }
        return extensions;
    }

    private static boolean isExtension(Class<?> type) {
        for (Class<?> port : EXTENSIONS) {
            if (port.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }

    /** The components that have methods for exceptions. */
    public List<Class<?>> withExceptionHandlers() {
        var handlers = new ArrayList<Class<?>>();
        for (Class<?> type : components) {
            if (!Modifier.isAbstract(type.getModifiers()) && ExceptionHandlers.areIn(type)) {
                handlers.add(type);
            }
        }
        return handlers;
    }

    /** The components with {@code @Filter}. */
    public List<Class<?>> filters() {
        return annotated(Filter.class);
    }

    /** The components that settings are read into. */
    public List<Class<?>> configRecords() {
        return annotated(Config.class);
    }

    private List<Class<?>> annotated(Class<? extends Annotation> annotation) {
        var annotated = new ArrayList<Class<?>>();
        for (Class<?> type : components) {
            if (type.isAnnotationPresent(annotation)) {
                annotated.add(type);
            }
        }
        return annotated;
    }

    private static boolean isController(Class<?> type) {
        return type.isAnnotationPresent(Route.class) || type.isAnnotationPresent(WebSocket.class);
    }

    /** The annotation for which there is an object of a class. */
    private static Optional<String> role(Class<?> type) {
        for (Class<? extends Annotation> annotation : List.of(Route.class, WebSocket.class, Filter.class)) {
            if (type.isAnnotationPresent(annotation)) {
                return Optional.of("@" + annotation.getSimpleName());
            }
        }
        return Optional.empty();
    }

    private static void checkRoles(Class<?> type, Problems problems) {
        if (!isController(type)) {
            checkPriority(type, problems);
            return;
        }
        if (type.isAnnotationPresent(Filter.class)) {
            problems.add(Problem.of(
                            "two-roles", Place.name(type) + " has " + role(type).orElseThrow() + " and @Filter.")
                    .at(Place.of(type))
                    .cure("Make two classes of it: one that answers requests, and one that stands before it."));
        }
        for (Class<? extends Annotation> rank : List.of(Priority.class, Primary.class)) {
            if (type.isAnnotationPresent(rank)) {
                problems.add(Problem.of(
                                "rank-of-controller",
                                Place.name(type) + " has @" + rank.getSimpleName() + ", but is a controller.")
                        .at(Place.of(type))
                        .cure("Take it away: it is for filters and for what is injected. Which of two routes answers, "
                                + "their paths say."));
            }
        }
    }

    /** A class of no other type is in no list, so that it is most likely a filter whose annotation was forgotten. */
    private static void checkPriority(Class<?> type, Problems problems) {
        boolean isOfOtherType = type.getInterfaces().length > 0 || type.getSuperclass() != Object.class;
        if (type.isAnnotationPresent(Priority.class) && !type.isAnnotationPresent(Filter.class) && !isOfOtherType) {
            problems.add(Problem.of(
                            "priority-without-filter",
                            Place.name(type) + " has @Priority, but no @Filter, nor a type that others have too.")
                    .at(Place.of(type))
                    .cure("Write @Filter on it, or take @Priority away: it orders filters, and objects of one type in a"
                            + " list."));
        }
    }

    private static boolean canBeMade(Class<?> type, String annotation, Problems problems) {
        String obstacle = Suitability.kind(type);
        if (!obstacle.isEmpty()) {
            String kind = annotation.equals("@Filter") ? "not-a-filter" : "not-a-controller";
            problems.add(Problem.of(kind, Place.name(type) + " has " + annotation + ", but is " + obstacle + ".")
                    .at(Place.of(type))
                    .cure("Put " + annotation + " on a class of which an object can be made."));
        }
        return obstacle.isEmpty();
    }
}
