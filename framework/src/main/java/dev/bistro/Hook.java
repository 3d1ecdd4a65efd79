package dev.bistro;

import dev.bistro.annotation.OnStart;
import dev.bistro.annotation.OnStop;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A method with {@link OnStart} or {@link OnStop} of an object. */
record Hook(Object object, Method method, int order) {
    /** Calls it; throws what it throws. */
    void call() throws Throwable {
        method.setAccessible(true); // was checked
        try {
            method.invoke(object);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What an object has to be told when the application starts. */
    static List<Hook> onStart(Object object) {
        return methods(object.getClass(), OnStart.class)
                .map(method -> new Hook(
                        object, method, method.getAnnotation(OnStart.class).order()))
                .toList();
    }

    /** What an object has to be told when the application stops. */
    static List<Hook> onStop(Object object) {
        return methods(object.getClass(), OnStop.class)
                .map(method -> new Hook(
                        object, method, method.getAnnotation(OnStop.class).order()))
                .toList();
    }

    /**
     * Whether objects of a class have to be told anything.
     *
     * @throws LinkageError if one of its methods is for a class that isn't there
     */
    static boolean isIn(Class<?> type) {
        return all(type).findAny().isPresent();
    }

    private static Stream<Method> all(Class<?> type) {
        return Stream.concat(methods(type, OnStart.class), methods(type, OnStop.class));
    }

    /** A method that another overrides is none; the other has its own annotations. Those of superclasses come first. */
    private static Stream<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
        var methods = new ArrayList<Method>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            List<Method> declared = Arrays.stream(at.getDeclaredMethods())
                    .filter(method -> !method.isSynthetic())
                    .filter(method -> methods.stream().noneMatch(lower -> overrides(lower, method)))
                    .sorted(Comparator.comparing(Method::toString))
                    .toList();
            methods.addAll(0, declared);
        }
        Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass().isInterface())
                .forEach(methods::add);
        return methods.stream().filter(method -> method.isAnnotationPresent(annotation));
    }

    private static boolean overrides(Method lower, Method upper) {
        return !Modifier.isPrivate(upper.getModifiers())
                && !Modifier.isStatic(upper.getModifiers())
                && lower.getName().equals(upper.getName())
                && Arrays.equals(lower.getParameterTypes(), upper.getParameterTypes());
    }

    /** Checks the hooks of a class. */
    static void check(Class<?> type, Problems problems) {
        all(type).distinct().forEach(method -> check(method, problems));
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
