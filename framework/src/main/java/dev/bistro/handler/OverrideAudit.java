package dev.bistro.handler;

import dev.bistro.annotation.Body;
import dev.bistro.annotation.ClientCertificate;
import dev.bistro.annotation.ConcurrencyLimit;
import dev.bistro.annotation.CrossOrigin;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.MaxBody;
import dev.bistro.annotation.OnStart;
import dev.bistro.annotation.OnStop;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Timeout;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy.Lost;
import dev.bistro.types.ResolvedMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reports methods that override others and lose their annotations: Java lets a method inherit none. Annotations that
 * filters are bound to, limits, and those that say who may call, are looked for on overridden methods too, and so are
 * never lost.
 */
public final class OverrideAudit {
    private static final String OURS = Route.class.getPackageName();

    /** Annotations of hooks, which have an audit of their own; and those that count on overridden methods too. */
    private static final Set<Class<? extends Annotation>> NOT_SOUGHT = Set.of(
            OnStart.class,
            OnStop.class,
            ClientCertificate.class,
            CrossOrigin.class,
            MaxBody.class,
            Timeout.class,
            ConcurrencyLimit.class,
            RateLimit.class,
            RateLimit.All.class);

    private final Problems problems;

    public OverrideAudit(Problems problems) {
        this.problems = problems;
    }

    /** Checks the methods of a class that answers requests, messages or exceptions. */
    public void check(List<ResolvedMethod> methods) {
        methods.forEach(method -> method.hierarchy()
                .lost(method.method(), type -> isSought(type) && !isAnotherVerb(type, method.method()))
                .ifPresent(lost -> add(lost, roles(method.method()).isEmpty())));
    }

    private void add(Lost lost, boolean hasNoRole) {
        List<Class<? extends Annotation>> roles = roles(lost.above());
        if (!hasNoRole) {
            problems.add(Problem.of(
                            "overridden-annotation",
                            "A method overrides one with " + lost.names() + ", but doesn't inherit "
                                    + (lost.annotations().size() > 1 ? "them." : "it."))
                    .at(Place.of(lost.method()))
                    .at(Place.of(lost.above()))
                    .cure("Write " + lost.names() + " on the method too, or take "
                            + (lost.annotations().size() > 1 ? "them" : "it") + " off the one that it overrides."));
        } else if (!roles.isEmpty()) {
            boolean isHandler = roles.stream().anyMatch(Verbs.annotations()::contains);
            problems.add(Problem.of(
                            "overridden-handler",
                            "A method overrides one with "
                                    + new Lost(lost.method(), lost.above(), roles).names()
                                    + ", but doesn't inherit its annotations: it "
                                    + (isHandler ? "answers nothing." : "is never called."))
                    .at(Place.of(lost.method()))
                    .at(Place.of(lost.above()))
                    .cure("Write them on the method " + (isHandler ? "of the controller" : "that overrides")
                            + ", those of its parameters too."));
        }
    }

    private static boolean isSought(Class<? extends Annotation> type) {
        return type.getPackageName().equals(OURS) && !NOT_SOUGHT.contains(type) && !AccessAnnotations.isOne(type);
    }

    /** Whether a method has a verb of its own, which replaces the overridden one. */
    private static boolean isAnotherVerb(Class<? extends Annotation> type, Method method) {
        return Verbs.annotations().contains(type) && !Verbs.of(method).isEmpty();
    }

    /** The annotations of a method that make Bistro call it. */
    private static List<Class<? extends Annotation>> roles(Method method) {
        Predicate<Class<? extends Annotation>> isRole = type ->
                Verbs.annotations().contains(type) || SocketEvent.isAnnotation(type) || type == ExceptionHandler.class;
        return Stream.of(method.getAnnotations())
                .<Class<? extends Annotation>>map(Annotation::annotationType)
                .filter(isRole)
                .toList();
    }

    /**
     * Checks the parameters of such a method: one that lost its annotation would be taken from elsewhere.
     *
     * @param takesBody whether one of them is read from the body anyway, so that no {@code @Body} is lost
     */
    public void checkParameters(ResolvedMethod resolved, boolean takesBody) {
        Method method = resolved.method();
        for (Method above : resolved.hierarchy().overridden(method)) {
            for (int i = 0; i < method.getParameterCount(); i++) {
                checkParameter(method.getParameters()[i], above.getParameters()[i], takesBody);
            }
        }
    }

    private void checkParameter(Parameter parameter, Parameter above, boolean takesBody) {
        String lost = Stream.of(above.getAnnotations())
                .<Class<? extends Annotation>>map(Annotation::annotationType)
                .filter(type -> isSought(type) && !parameter.isAnnotationPresent(type))
                .filter(type -> type != Body.class || !takesBody)
                .map(type -> "@" + type.getSimpleName())
                .collect(Collectors.joining(" and "));
        if (!lost.isEmpty()) {
            problems.add(Problem.of(
                            "overridden-annotation",
                            "A parameter has " + lost + " in the method that is overridden, but doesn't inherit it.")
                    .at(Place.of(parameter))
                    .at(Place.of(above))
                    .cure("Write " + lost + " on the parameter too, or take it off the one above."));
        }
    }
}
