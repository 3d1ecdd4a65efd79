package dev.bistro.lifecycle;

import dev.bistro.annotation.OnStart;
import dev.bistro.annotation.OnStop;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A method of an object with {@link OnStart} or {@link OnStop}. */
public record Hook(Object object, Method method, int order) {
    private static final List<Class<? extends Annotation>> HOOKS = List.of(OnStart.class, OnStop.class);

    /** Calls it, and throws what it throws. */
    void call() throws Throwable {
        method.setAccessible(true); // was checked at startup
        try {
            method.invoke(object);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The methods of an object to call when the application starts. */
    static List<Hook> onStart(Object object) {
        var hooks = new ArrayList<Hook>();
        for (Method method : methods(object.getClass(), OnStart.class)) {
            hooks.add(
                    new Hook(object, method, method.getAnnotation(OnStart.class).order()));
        }
        return hooks;
    }

    /** The methods of an object to call when the application stops. */
    static List<Hook> onStop(Object object) {
        var hooks = new ArrayList<Hook>();
        for (Method method : methods(object.getClass(), OnStop.class)) {
            hooks.add(
                    new Hook(object, method, method.getAnnotation(OnStop.class).order()));
        }
        return hooks;
    }

    /**
     * Whether a class has hooks, or would have them if its methods inherited the annotations of those that they
     * override.
     *
     * @throws LinkageError if one of its methods mentions a class that isn't there
     */
    public static boolean isIn(Class<?> type) {
        return !all(type).isEmpty() || !lost(type).isEmpty();
    }

    private static Set<Method> all(Class<?> type) {
        var all = new LinkedHashSet<>(methods(type, OnStart.class));
        all.addAll(methods(type, OnStop.class));
        return all;
    }

    /**
     * The methods with an annotation: those of superclasses first, those of interfaces last. An overridden method is
     * none of them; the one that overrides it has its own annotations.
     */
    private static List<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
        var methods = new ArrayList<Method>();
        for (Method method : Hierarchy.of(type).methods()) {
            if (method.isAnnotationPresent(annotation)) {
                methods.add(method);
            }
        }
        return methods;
    }

    private static List<Hierarchy.Lost> lost(Class<?> type) {
        Hierarchy hierarchy = Hierarchy.of(type);
        var all = new ArrayList<Hierarchy.Lost>();
        for (Method method : hierarchy.methods()) {
            hierarchy.lost(method, HOOKS::contains).ifPresent(all::add);
        }
        return all;
    }

    /** Checks the hooks of a class. */
    public static void check(Class<?> type, Problems problems) {
        for (Method method : all(type)) {
            check(method, problems);
        }
        for (Hierarchy.Lost lost : lost(type)) {
            problems.add(notInherited(lost));
        }
    }

    private static Problem notInherited(Hierarchy.Lost lost) {
        return Problem.of(
                        "overridden-annotation",
                        "A method overrides one with " + lost.names() + ", but doesn't inherit it: it is never called.")
                .at(Place.of(lost.method()))
                .at(Place.of(lost.above()))
                .cure("Write " + lost.names() + " on the method too, or take it off the one that it overrides.");
    }

    private static void check(Method method, Problems problems) {
        String obstacle = Modifier.isStatic(method.getModifiers())
                ? "is static"
                : method.getParameterCount() > 0
                        ? "takes something"
                        : method.getReturnType() != void.class ? "returns something" : "";
        if (!obstacle.isEmpty()) {
            problems.add(Problem.of("bad-hook", "A method with @OnStart or @OnStop " + obstacle + ".")
                    .at(Place.of(method))
                    .cure("Write it as void " + method.getName()
                            + "(), of an object that has what it needs from its constructor."));
        } else if (!method.trySetAccessible()) {
            problems.add(Problem.of(
                            "closed-package",
                            "Bistro can't call a method with @OnStart or @OnStop: its module doesn't open the package.")
                    .at(Place.of(method))
                    .cure("Add to module-info.java: opens "
                            + method.getDeclaringClass().getPackageName() + " to dev.bistro;"));
        }
    }
}
