package dev.bistro.types;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class with all that it extends and implements: which methods its objects have, which of them override which, and
 * what type variables stand for in it. What the compiler adds (bridges) is passed over: it leads to what was written.
 *
 * <pre>{@code
 * abstract class Crud<T> { String add(T item) … }
 * class Orders extends Crud<Order> { @Override String add(Order order) … }
 *
 * Hierarchy.of(Orders.class).methods();                         // Orders.add alone
 * Hierarchy.of(Orders.class).overridden(Orders.add);            // Crud.add
 * Hierarchy.of(Orders.class).resolve(T of Crud);                // Order
 * }</pre>
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jls/se17/html/jls-8.html#jls-8.4.8">The Java Language
 *     Specification, sections 8.4.2 and 8.4.8</a>
 */
public final class Hierarchy {
    /** An order of methods that is the same at each start: that of reflection isn't. */
    public static final Comparator<Method> BY_NAME =
            Comparator.comparing(Method::getName).thenComparing(Method::toString);

    private final Class<?> type;
    private final List<Class<?>> line;
    private final List<Class<?>> interfaces;
    private final Map<TypeVariable<?>, Type> variables;
    private final Map<String, List<Method>> written = new LinkedHashMap<>(); // by their names

    private Hierarchy(Class<?> type) {
        this.type = type;
        this.line = line(type);
        this.interfaces = interfaces(line);
        this.variables = Types.variables(type);
        Stream.concat(line.stream(), interfaces.stream())
                .flatMap(Hierarchy::written)
                .forEach(method -> written.computeIfAbsent(method.getName(), name -> new ArrayList<>())
                        .add(method));
    }

    /** What is above a class, and the class. */
    public static Hierarchy of(Class<?> type) {
        return new Hierarchy(type);
    }

    /** A class and what it extends, the uppermost first; without {@code Object}. */
    public static List<Class<?>> line(Class<?> type) {
        var line = new ArrayList<Class<?>>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            line.add(at);
        }
        Collections.reverse(line);
        return List.copyOf(line);
    }

    /** The nearest first: those of a class before those of its superclass, and each before those that it extends. */
    private static List<Class<?>> interfaces(List<Class<?>> line) {
        var all = new LinkedHashSet<Class<?>>();
        for (int i = line.size() - 1; i >= 0; i--) {
            addInterfaces(line.get(i), all);
        }
        return List.copyOf(all);
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> all) {
        for (Class<?> above : type.getInterfaces()) {
            all.add(above);
            addInterfaces(above, all);
        }
    }

    // ---- types

    /** The class itself. */
    public Class<?> type() {
        return type;
    }

    /** The class, what it extends, and then all interfaces: the nearest first. */
    public List<Class<?>> all() {
        var all = new ArrayList<>(line);
        Collections.reverse(all);
        interfaces.stream().filter(one -> one != type).forEach(all::add);
        return all;
    }

    /**
     * A type that is written in the class or above it as it is in the class; a variable that the class leaves open
     * stays.
     */
    public Type resolve(Type written) {
        return Types.resolve(written, variables);
    }

    // ---- methods

    /**
     * The methods that objects of the class have: each that is written with a body and that none below overrides, those
     * of superclasses first, and of each class by name; then those of interfaces. Private and static ones are among
     * them.
     */
    public List<Method> methods() {
        return Stream.concat(line.stream(), interfaces.stream())
                .flatMap(Hierarchy::written)
                .filter(method -> !isAbstractOfInterface(method) && !isOverridden(method))
                .toList();
    }

    private static boolean isAbstractOfInterface(Method method) {
        return method.getDeclaringClass().isInterface() && Modifier.isAbstract(method.getModifiers());
    }

    private static Stream<Method> written(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .sorted(BY_NAME);
    }

    /** Whether a method of the class, or of one above it, is overridden by one below. */
    public boolean isOverridden(Method method) {
        return named(method).anyMatch(other -> overrides(other, method));
    }

    /**
     * The methods above that a method of the class, or of one above it, overrides or implements: those of classes
     * first.
     */
    public List<Method> overridden(Method method) {
        return named(method).filter(above -> overrides(method, above)).toList();
    }

    private Stream<Method> named(Method method) {
        return written.getOrDefault(method.getName(), List.of()).stream();
    }

    /** Whether, in objects of the class, the one method is called where the other is meant. */
    private boolean overrides(Method method, Method above) {
        return canBeOverridden(above)
                && method.getParameterCount() == above.getParameterCount()
                && canBeOverridden(method)
                && isBelow(method.getDeclaringClass(), above.getDeclaringClass())
                && hasSameParameters(method, above)
                && (isSeen(above, method.getDeclaringClass()) || isSeenBetween(method, above));
    }

    private static boolean canBeOverridden(Method method) {
        return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    /**
     * Whether methods of the one come before those of the other; a class's come before those of any interface, even one
     * that only a class below implements.
     */
    private static boolean isBelow(Class<?> type, Class<?> above) {
        return type != above && (above.isAssignableFrom(type) || above.isInterface() && !type.isInterface());
    }

    private boolean hasSameParameters(Method one, Method other) {
        return erasures(one.getGenericParameterTypes()).equals(erasures(other.getGenericParameterTypes()));
    }

    private List<Class<?>> erasures(Type[] types) {
        return Stream.of(types).<Class<?>>map(this::erasure).toList();
    }

    /** The class of a type in this class: of a method's own variable, that of its bound. */
    private Class<?> erasure(Type written) {
        Type resolved = resolve(written);
        if (resolved instanceof GenericArrayType array) {
            return erasure(array.getGenericComponentType()).arrayType();
        }
        return resolved instanceof TypeVariable<?> open ? erasure(open.getBounds()[0]) : Types.raw(resolved);
    }

    /** A method without a modifier is seen in its package only, and so is overridden there only. */
    private static boolean isSeen(Method method, Class<?> from) {
        int modifiers = method.getModifiers();
        Class<?> declaring = method.getDeclaringClass();
        return Modifier.isPublic(modifiers)
                || Modifier.isProtected(modifiers)
                || declaring.getPackageName().equals(from.getPackageName())
                        && declaring.getClassLoader() == from.getClassLoader();
    }

    /** One that isn't seen is overridden all the same by what overrides another that has made it visible. */
    private boolean isSeenBetween(Method method, Method above) {
        return named(method)
                .filter(between -> between.getDeclaringClass() != method.getDeclaringClass()
                        && between.getDeclaringClass() != above.getDeclaringClass())
                .anyMatch(between -> overrides(between, above) && overrides(method, between));
    }

    // ---- annotations that Java doesn't inherit

    /**
     * Annotations on what a method overrides that it doesn't have itself.
     *
     * @param method the one that overrides
     * @param above the one that has them
     */
    public record Lost(Method method, Method above, List<Class<? extends Annotation>> annotations) {
        /** Their names as they are written: {@code @Get and @Status}. */
        public String names() {
            return annotations.stream().map(type -> "@" + TypeNames.of(type)).collect(Collectors.joining(" and "));
        }
    }

    /**
     * What a method lacks of the annotations, those of these types, that are on one that it overrides; empty if nothing
     * is lost.
     */
    public Optional<Lost> lost(Method method, Predicate<Class<? extends Annotation>> types) {
        return overridden(method).stream()
                .map(above -> new Lost(method, above, lost(method, above, types)))
                .filter(lost -> !lost.annotations.isEmpty())
                .findFirst();
    }

    private static List<Class<? extends Annotation>> lost(
            AnnotatedElement below, AnnotatedElement above, Predicate<Class<? extends Annotation>> types) {
        return Stream.of(above.getAnnotations())
                .<Class<? extends Annotation>>map(Annotation::annotationType)
                .filter(type -> types.test(type) && !isOn(below, type))
                .toList();
    }

    /** Once, or several times. */
    private static boolean isOn(AnnotatedElement element, Class<? extends Annotation> type) {
        return element.getAnnotationsByType(type).length > 0;
    }
}
