package dev.bistro.handler;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.ClientCertificate;
import dev.bistro.annotation.ConcurrencyLimit;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.MaxBody;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.Status;
import dev.bistro.annotation.Timeout;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy;
import dev.bistro.types.OpenType;
import dev.bistro.types.ResolvedMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reports annotations in places where they have no effect, and methods that can't be called. */
public final class HandlerAudit {
    /** Annotations that describe a handler, and have no effect on another method. */
    private static final Set<Class<? extends Annotation>> ABOUT_HANDLERS = Set.of(
            Produces.class,
            Consumes.class,
            Status.class,
            ETag.class,
            Header.class,
            Header.All.class,
            Blocking.class,
            NonBlocking.class,
            MaxBody.class,
            Timeout.class,
            ConcurrencyLimit.class,
            RateLimit.class,
            RateLimit.All.class);

    /** Annotations that guard or limit the requests of a class; they have no effect where there are none. */
    private static final List<Class<? extends Annotation>> ABOUT_REQUESTS =
            List.of(ClientCertificate.class, MaxBody.class, Timeout.class, ConcurrencyLimit.class, RateLimit.class);

    private static final Set<Class<? extends Annotation>> ABOUT_EXECUTION = Set.of(Blocking.class, NonBlocking.class);

    private static final String OURS = Route.class.getPackageName();

    private final Problems problems;
    private final Set<Class<? extends Annotation>> aboutHandlers;

    public HandlerAudit(Problems problems) {
        this(problems, Set.of());
    }

    /**
     * An audit that knows further annotations of handlers.
     *
     * @param bound the annotations that filters are bound to
     */
    public HandlerAudit(Problems problems, Set<Class<? extends Annotation>> bound) {
        this.problems = problems;
        this.aboutHandlers = new HashSet<>(ABOUT_HANDLERS);
        this.aboutHandlers.addAll(bound);
    }

    /**
     * Checks a class without {@code @Route} for methods that would answer requests if it had one, and for annotations
     * that guard or limit requests, and so have no effect there. The superclass of a controller is checked with the
     * controller.
     */
    public void checkStray(Class<?> type, Collection<Class<?>> controllers) {
        if (Modifier.isAbstract(type.getModifiers()) || isAbove(type, controllers)) {
            return;
        }
        for (Method method : methods(type)) {
            List<String> verbs = verbs(method);
            if (!verbs.isEmpty() && !controllers.contains(method.getDeclaringClass())) {
                problems.add(Problem.of(
                                "handler-without-route",
                                Place.name(type) + " has a method with " + String.join(" and ", verbs)
                                        + ", but no @Route: it answers nothing.")
                        .at(Place.of(method))
                        .cure("Write @Route(\"/…\") on the class: it is the path above its methods'."));
                return;
            }
        }
        guarding(type).ifPresent(annotation -> addUselessGuard(type, annotation));
        for (Class<? extends Annotation> annotation : ABOUT_REQUESTS) {
            if (isOn(annotation, type)) {
                addUseless(type, annotation);
            }
        }
    }

    private static boolean isAbove(Class<?> type, Collection<Class<?>> controllers) {
        for (Class<?> controller : controllers) {
            if (type.isAssignableFrom(controller)) {
                return true;
            }
        }
        return false;
    }

    private void addUseless(Class<?> type, Class<? extends Annotation> annotation) {
        String name = "@" + annotation.getSimpleName();
        String what = Place.name(type) + " has " + name + ", but answers no requests: it ";
        problems.add((annotation == ClientCertificate.class
                        ? Problem.of("useless-client-certificate", what + "guards nothing.")
                        : Problem.of("useless-limit", what + "limits nothing."))
                .at(Place.of(type))
                .cure("Write it on a class with @Route or @WebSocket, or on a method with a verb."));
    }

    /** An annotation on a class or on one of its methods that says who may call; the files of a class are guarded. */
    private static Optional<Class<? extends Annotation>> guarding(Class<?> type) {
        boolean hasFiles = type.getAnnotationsByType(StaticFiles.class).length > 0;
        var places = new ArrayList<AnnotatedElement>();
        if (!hasFiles) {
            places.add(type);
        }
        places.addAll(methods(type));
        for (AnnotatedElement place : places) {
            for (Annotation annotation : RouteAnnotations.on(place).nearest(AccessAnnotations::isOne)) {
                return Optional.of(annotation.annotationType());
            }
        }
        return Optional.empty();
    }

    private void addUselessGuard(Class<?> type, Class<? extends Annotation> annotation) {
        String name = "@" + annotation.getSimpleName();
        problems.add(Problem.of(
                        "useless-guard",
                        Place.name(type) + " has " + name + ", but answers no requests: it guards nothing.")
                .at(Place.of(type))
                .cure("Write it on a class with @Route or @WebSocket, or on a method with a verb; or look in the code"
                        + " at login.hasRole(…)."));
    }

    /** Whether an annotation is on a class or its methods; a class with files is reported where these are read. */
    private static boolean isOn(Class<? extends Annotation> annotation, Class<?> type) {
        if (type.getAnnotationsByType(annotation).length > 0
                && type.getAnnotationsByType(StaticFiles.class).length == 0) {
            return true;
        }
        for (Method method : methods(type)) {
            if (method.getAnnotationsByType(annotation).length > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * The methods of a class; none if one of them needs a class that isn't there: whatever makes objects of the class
     * reports that.
     */
    private static List<Method> methods(Class<?> type) {
        try {
            return Hierarchy.of(type).methods();
        } catch (LinkageError | TypeNotPresentException incomplete) {
            return List.of();
        }
    }

    /** Checks the methods of a controller. */
    public void check(List<ResolvedMethod> methods) {
        new OverrideAudit(problems).check(methods);
        for (ResolvedMethod each : methods) {
            Method method = each.method();
            if (Verbs.of(method).isEmpty()) {
                checkLost(method);
            } else if (isPinnedTwice(method)) {
                problems.add(Problem.of("two-executions", "A method is both @Blocking and @NonBlocking.")
                        .at(Place.of(method))
                        .cure("Remove one of them; or both, and Bistro finds out."));
            }
        }
    }

    /**
     * Whether a method can be called from outside of its object. If not, that is a problem; {@link #uncallable} has the
     * parameters.
     */
    public static boolean isCallable(Method method, String what, String owner, Problems problems) {
        Optional<Problem> problem = uncallable(method, what, owner);
        if (problem.isPresent()) {
            problems.add(problem.get());
        }
        return problem.isEmpty();
    }

    /**
     * What keeps a method from being called from outside of its object, if anything does.
     *
     * @param what the method, for the message: {@code "The method of a filter"}
     * @param owner what it is called on, for the message: {@code "the controller"}
     */
    public static Optional<Problem> uncallable(Method method, String what, String owner) {
        String kind = Modifier.isStatic(method.getModifiers())
                ? "static"
                : Modifier.isPrivate(method.getModifiers()) ? "private" : "";
        return kind.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of("handler-not-callable", what + " is " + kind + ".")
                        .at(Place.of(method))
                        .cure("Take \"" + kind + "\" off: it is called on " + owner + ", from outside of it."));
    }

    /**
     * Whether the types of all parameters are known; an open one is a problem. Anything could be made for it, such as a
     * map for a JSON object.
     */
    public static boolean isKnown(ResolvedMethod method, Problems problems) {
        boolean isKnown = true;
        for (ResolvedMethod.Taken parameter : method.parameters()) {
            Optional<OpenType> open = OpenType.of(parameter.type());
            if (open.isPresent()) {
                isKnown = false;
                problems.add(Problem.of("open-type", open.get().what())
                        .at(Place.of(parameter.parameter()))
                        .at(Place.of(method.hierarchy().type()))
                        .cure(open.get().cure()));
            }
        }
        return isKnown;
    }

    public static boolean isPinnedTwice(AnnotatedElement element) {
        return element.isAnnotationPresent(Blocking.class) && element.isAnnotationPresent(NonBlocking.class);
    }

    /**
     * Reports a method with annotations of handlers but no verb, unless another annotation of Bistro's gives it a
     * purpose.
     */
    private void checkLost(Method method) {
        List<Class<? extends Annotation>> ours =
                annotations(method, type -> type.getPackageName().equals(OURS) || isAboutHandlers(type));
        if (!ours.isEmpty() && ours.stream().allMatch(this::isAboutHandlers)) {
            problems.add(Problem.of(
                            "annotation-without-verb",
                            "A method has " + names(ours) + ", but no verb: it answers nothing.")
                    .at(Place.of(method))
                    .cure("Write @Get, @Post or another verb on it, or remove " + names(ours) + "."));
        }
    }

    private boolean isAboutHandlers(Class<? extends Annotation> type) {
        return aboutHandlers.contains(type) || AccessAnnotations.isOne(type);
    }

    /** Checks a filter's method for annotations about answers: they would apply to few of those that it returns. */
    public void checkFilter(Method method) {
        List<Class<? extends Annotation>> useless =
                annotations(method, type -> aboutHandlers.contains(type) && !ABOUT_EXECUTION.contains(type));
        if (!useless.isEmpty()) {
            problems.add(Problem.of("useless-on-filter", "The method of a filter has " + names(useless) + ".")
                    .at(Place.of(method))
                    .cure("Say it of the response: chain.proceed(response -> response.withHeader(…)),"
                            + " or Response.status(…) for one of its own."));
        }
    }

    private static List<Class<? extends Annotation>> annotations(
            Method method, Predicate<Class<? extends Annotation>> which) {
        var types = new ArrayList<Class<? extends Annotation>>();
        for (Annotation annotation : method.getAnnotations()) {
            if (which.test(annotation.annotationType())) {
                types.add(annotation.annotationType());
            }
        }
        return types;
    }

    private static String names(List<Class<? extends Annotation>> annotations) {
        return annotations.stream()
                .map(type ->
                        "@" + (type.getSimpleName().equals("All") ? type.getEnclosingClass() : type).getSimpleName())
                .collect(Collectors.joining(" and "));
    }

    private static List<String> verbs(Method method) {
        var verbs = new ArrayList<String>();
        for (Annotation annotation : method.getAnnotations()) {
            if (Verbs.annotations().contains(annotation.annotationType())) {
                verbs.add("@" + annotation.annotationType().getSimpleName());
            }
        }
        return verbs;
    }
}
