package dev.bistro.handler;

import dev.bistro.types.Hierarchy;
import dev.bistro.types.ResolvedMethod;
import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The annotations of a route, nearest first. Java lets a method inherit none and a class only some, but an annotation
 * that guards an interface or a superclass is meant for everything below, and one on an annotation for all that has it.
 *
 * <pre>
 *   method ─▶ methods that it overrides ─▶ class ─▶ superclasses ─▶ interfaces
 *     each:   written there ─▶ written on these annotations ─▶ on those …
 * </pre>
 *
 * Read at startup. Immutable.
 */
public final class RouteAnnotations {
    /** No annotations. */
    public static final RouteAnnotations NONE = new RouteAnnotations(Map.of(), List.of());

    /** Of annotations of annotations, such as {@link Retention}, which say nothing about routes. */
    private static final String ABOUT_ANNOTATIONS = Retention.class.getPackageName();

    private final Map<Class<?>, List<Annotation>> byType;
    private final List<List<Annotation>> byPlace; // the nearest place first

    private RouteAnnotations(Map<Class<?>, List<Annotation>> byType, List<List<Annotation>> byPlace) {
        this.byType = byType;
        this.byPlace = byPlace;
    }

    /** Those of a class, and of all above it. */
    public static RouteAnnotations of(Class<?> type) {
        return in(Hierarchy.of(type).all());
    }

    /** Those of a controller's method and all that it overrides, and of the controller's class and all above it. */
    public static RouteAnnotations of(ResolvedMethod method) {
        Hierarchy hierarchy = method.hierarchy();
        var places = new ArrayList<AnnotatedElement>();
        places.add(method.method());
        places.addAll(hierarchy.overridden(method.method()));
        places.addAll(hierarchy.all());
        return in(places);
    }

    /** Those that are written in one place alone, such as a method, and on these. */
    public static RouteAnnotations on(AnnotatedElement place) {
        return in(List.of(place));
    }

    /** Those in these places, the nearest first. */
    private static RouteAnnotations in(Collection<? extends AnnotatedElement> places) {
        var byType = new HashMap<Class<?>, List<Annotation>>();
        var byPlace = new ArrayList<List<Annotation>>();
        for (AnnotatedElement place : places) {
            List<Annotation> all = allOn(place);
            for (Annotation one : all) {
                byType.computeIfAbsent(one.annotationType(), key -> new ArrayList<>())
                        .add(one);
            }
            byPlace.add(all);
        }
        return immutable(byType, byPlace);
    }

    /**
     * The types that all of these have; of each type, the annotations of all, one after the other. They are those of a
     * request that none of the handlers of a route can answer.
     */
    static RouteAnnotations common(List<RouteAnnotations> all) {
        var byType = new HashMap<Class<?>, List<Annotation>>();
        for (Class<?> type : all.get(0).byType.keySet()) {
            if (all.stream().allMatch(one -> one.byType.containsKey(type))) {
                byType.put(
                        type,
                        all.stream()
                                .flatMap(one -> one.byType.get(type).stream())
                                .distinct()
                                .toList());
            }
        }
        return immutable(byType, List.of());
    }

    private static RouteAnnotations immutable(Map<Class<?>, List<Annotation>> byType, List<List<Annotation>> byPlace) {
        byType.replaceAll((type, annotations) -> List.copyOf(annotations));
        return byType.isEmpty() ? NONE : new RouteAnnotations(Map.copyOf(byType), List.copyOf(byPlace));
    }

    /** What is written in a place, and then what is written on these annotations, and on those. */
    private static List<Annotation> allOn(AnnotatedElement place) {
        var all = new ArrayList<Annotation>();
        Set<Class<?>> followed = new HashSet<>(); // annotations may be on each other
        List<Annotation> level = writtenOn(place);
        while (!level.isEmpty()) {
            var next = new ArrayList<Annotation>();
            for (Annotation annotation : level) {
                Class<? extends Annotation> type = annotation.annotationType();
                all.add(annotation);
                if (followed.add(type)) {
                    next.addAll(writtenOn(type));
                }
            }
            level = next;
        }
        return List.copyOf(all);
    }

    /** The annotations that are written in a place; repeated ones each, and their container too. */
    private static List<Annotation> writtenOn(AnnotatedElement place) {
        Set<Class<? extends Annotation>> types = new LinkedHashSet<>();
        for (Annotation annotation : place.getDeclaredAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (!type.getPackageName().equals(ABOUT_ANNOTATIONS)) {
                types.add(type);
                Optional<Class<? extends Annotation>> repeated = repeated(type);
                if (repeated.isPresent()) {
                    types.add(repeated.get());
                }
            }
        }
        var all = new ArrayList<Annotation>();
        for (Class<? extends Annotation> type : types) {
            Collections.addAll(all, place.getDeclaredAnnotationsByType(type));
        }
        return all;
    }

    /** The type that an annotation is the container of, if it is one (Java Language Specification, section 9.6.3). */
    private static Optional<Class<? extends Annotation>> repeated(Class<? extends Annotation> container) {
        try {
            Class<?> content =
                    container.getDeclaredMethod("value").getReturnType().getComponentType();
            Repeatable repeatable = content == null ? null : content.getAnnotation(Repeatable.class);
            return repeatable != null && repeatable.value() == container
                    ? Optional.of(content.asSubclass(Annotation.class))
                    : Optional.empty();
        } catch (NoSuchMethodException noContainer) {
            return Optional.empty();
        }
    }

    /** Whether there is one of a type. */
    public boolean contains(Class<? extends Annotation> type) {
        return byType.containsKey(type);
    }

    /**
     * Those of certain types that are in the nearest place which has any of them: of annotations that exclude each
     * other, these count. Empty if there are none.
     */
    public List<Annotation> nearest(Predicate<Class<? extends Annotation>> types) {
        for (List<Annotation> place : byPlace) {
            var found = new ArrayList<Annotation>();
            for (Annotation one : place) {
                if (types.test(one.annotationType())) {
                    found.add(one);
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** The types of all. */
    public Set<Class<?>> types() {
        return byType.keySet();
    }

    /**
     * All of a type.
     *
     * @throws IllegalArgumentException if none of this type is kept at run time
     */
    @SuppressWarnings("unchecked") // the annotations are of their type
    public <A extends Annotation> List<A> all(Class<A> type) {
        List<A> found = (List<A>) (List<?>) byType.getOrDefault(type, List.of());
        if (found.isEmpty() && !isKept(type)) {
            throw new IllegalArgumentException("@" + type.getSimpleName() + " can't be found on a route, since it isn't"
                    + " kept at run time: write @Retention(RetentionPolicy.RUNTIME) on it");
        }
        return found;
    }

    /** Whether annotations of a type are there when the application runs, so that they can be looked for. */
    public static boolean isKept(Class<? extends Annotation> type) {
        Retention retention = type.getAnnotation(Retention.class);
        return retention != null && retention.value() == RetentionPolicy.RUNTIME;
    }
}
