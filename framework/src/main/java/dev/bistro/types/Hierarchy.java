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
 * A class with all its superclasses and interfaces: which methods its objects have, which methods override which, and
 * what type variables stand for. Skips the bridge methods that the compiler adds.
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
    /** An order of methods that is the same at each start, unlike that of reflection. */
    public static final Comparator<Method> BY_NAME = Hierarchy::byName;

    /** Looked at once: several rooms ask for the same classes at the start. */
    private static final ClassValue<Hierarchy> KNOWN = new ClassValue<>() {
        @Override
        protected Hierarchy computeValue(Class<?> type) {
            return new Hierarchy(type);
        }
    };

    private final Class<?> type;
    private final List<Class<?>> line;
    private final List<Class<?>> interfaces;
    private final Map<TypeVariable<?>, Type> variables;
    private final Map<String, List<Method>> written = new LinkedHashMap<>(); // by their names
    private final List<Method> everyMethod = new ArrayList<>(); // overridden ones among them
    private volatile List<Method> methods; // null until they are asked for: that needs the classes of parameters

    private Hierarchy(Class<?> type) {
        this.type = type;
        this.line = line(type);
        this.interfaces = interfaces(line);
        this.variables = Types.variables(type);
        addWritten(line, everyMethod);
        addWritten(interfaces, everyMethod);
        for (Method method : everyMethod) {
            List<Method> named = written.get(method.getName());
            if (named == null) {
                named = new ArrayList<>();
                written.put(method.getName(), named);
            }
            named.add(method);
        }
    }

    private static int byName(Method one, Method other) {
        int byName = one.getName().compareTo(other.getName());
        return byName != 0 ? byName : one.toString().compareTo(other.toString());
    }

    private static void addWritten(List<Class<?>> types, List<Method> all) {
        for (Class<?> type : types) {
            var declared = new ArrayList<Method>();
            for (Method method : type.getDeclaredMethods()) {
                if (!method.isSynthetic()) {
                    declared.add(method);
                }
            }
            declared.sort(BY_NAME);
            all.addAll(declared);
        }
    }

    /** The hierarchy of a class. */
    public static Hierarchy of(Class<?> type) {
        return KNOWN.get(type);
    }

    /** A class and its superclasses, the uppermost first; without {@code Object}. */
    public static List<Class<?>> line(Class<?> type) {
        var line = new ArrayList<Class<?>>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            line.add(at);
        }
        Collections.reverse(line);
        return List.copyOf(line);
    }

    /**
     * All interfaces, the nearest first: those of a class before those of its superclass, and each before those that it
     * extends.
     */
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

    /** The class and its superclasses, and then all interfaces; the nearest first. */
    public List<Class<?>> all() {
        var all = new ArrayList<>(line);
        Collections.reverse(all);
        all.addAll(interfaces);
        return all;
    }

    /**
     * Replaces the type variables in a type that is written in the class or above it. A variable that the class leaves
     * open stays.
     */
    public Type resolve(Type written) {
        return Types.resolve(written, variables);
    }

    // ---- methods

    /**
     * The methods that objects of the class have: all that aren't overridden, without the abstract ones of interfaces.
     * Those of superclasses come first, and of each class by name; then those of interfaces. Private and static methods
     * are included.
     */
    public List<Method> methods() {
        List<Method> known = methods;
        if (known == null) {
            known = present();
            methods = known;
        }
        return known;
    }

    private List<Method> present() {
        var present = new ArrayList<Method>();
        for (Method method : everyMethod) {
            if (!isAbstractOfInterface(method) && !isOverridden(method)) {
                present.add(method);
            }
        }
        return List.copyOf(present);
    }

    private static boolean isAbstractOfInterface(Method method) {
        return method.getDeclaringClass().isInterface() && Modifier.isAbstract(method.getModifiers());
    }

    /** Whether a method of the class, or of one above it, is overridden by one below. */
    public boolean isOverridden(Method method) {
        for (Method other : named(method)) {
            if (overrides(other, method)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The methods that a method of the class, or of one above it, overrides or implements; those of classes first.
     */
    public List<Method> overridden(Method method) {
        var overridden = new ArrayList<Method>();
        for (Method above : named(method)) {
            if (overrides(method, above)) {
                overridden.add(above);
            }
        }
        return overridden;
    }

    private List<Method> named(Method method) {
        return written.getOrDefault(method.getName(), List.of());
    }

    /** Whether, in objects of the class, a call of the method above calls the other method. */
    private boolean overrides(Method method, Method above) {
        return canBeOverridden(above)
                && method.getParameterCount() == above.getParameterCount()
                && canBeOverridden(method)
                && isBelow(method.getDeclaringClass(), above.getDeclaringClass())
                && hasSameParameters(method, above)
                && (isAccessible(above, method.getDeclaringClass()) || isOverriddenBetween(method, above));
    }

    private static boolean canBeOverridden(Method method) {
        return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    /**
     * Whether methods of a type take precedence over those of another. Methods of a class do over those of any
     * interface, even of one that only a subclass implements.
     */
    private static boolean isBelow(Class<?> type, Class<?> above) {
        return type != above && (above.isAssignableFrom(type) || above.isInterface() && !type.isInterface());
    }

    private boolean hasSameParameters(Method one, Method other) {
        Type[] types = one.getGenericParameterTypes();
        Type[] others = other.getGenericParameterTypes();
        if (types.length != others.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (erasure(types[i]) != erasure(others[i])) {
                return false;
            }
        }
        return true;
    }

    /** The erasure of a type in this class; a method's own type variable has that of its bound. */
    private Class<?> erasure(Type written) {
        Type resolved = resolve(written);
        if (resolved instanceof GenericArrayType array) {
            return erasure(array.getGenericComponentType()).arrayType();
        }
        return resolved instanceof TypeVariable<?> open ? erasure(open.getBounds()[0]) : Types.raw(resolved);
    }

    /** Whether a method is accessible from a class: a package-private one can only be overridden in its own package. */
    private static boolean isAccessible(Method method, Class<?> from) {
        int modifiers = method.getModifiers();
        Class<?> declaring = method.getDeclaringClass();
        return Modifier.isPublic(modifiers)
                || Modifier.isProtected(modifiers)
                || declaring.getPackageName().equals(from.getPackageName())
                        && declaring.getClassLoader() == from.getClassLoader();
    }

    /** Whether a method between both overrides the inaccessible one, makes it accessible, and is overridden itself. */
    private boolean isOverriddenBetween(Method method, Method above) {
        return named(method).stream()
                .filter(between -> between.getDeclaringClass() != method.getDeclaringClass()
                        && between.getDeclaringClass() != above.getDeclaringClass())
                .anyMatch(between -> overrides(between, above) && overrides(method, between));
    }

    // ---- annotations that Java doesn't inherit

    /**
     * Annotations of an overridden method that the overriding one lacks.
     *
     * @param method the overriding method, which lacks them
     * @param above the overridden method, which has them
     */
    public record Lost(Method method, Method above, List<Class<? extends Annotation>> annotations) {
        /** Their names as they are written: {@code @Get and @Status}. */
        public String names() {
            return annotations.stream().map(type -> "@" + TypeNames.of(type)).collect(Collectors.joining(" and "));
        }
    }

    /**
     * The annotations of these types that a method lacks and a method that it overrides has; empty if it lacks none.
     */
    public Optional<Lost> lost(Method method, Predicate<Class<? extends Annotation>> types) {
        for (Method above : overridden(method)) {
            List<Class<? extends Annotation>> lost = lost(method, above, types);
            if (!lost.isEmpty()) {
                return Optional.of(new Lost(method, above, lost));
            }
        }
        return Optional.empty();
    }

    private static List<Class<? extends Annotation>> lost(
            AnnotatedElement below, AnnotatedElement above, Predicate<Class<? extends Annotation>> types) {
        return Stream.of(above.getAnnotations())
                .<Class<? extends Annotation>>map(Annotation::annotationType)
                .filter(type -> types.test(type) && !isOn(below, type))
                .toList();
    }

    /** Whether an annotation is there, once or repeatedly. */
    private static boolean isOn(AnnotatedElement element, Class<? extends Annotation> type) {
        return element.getAnnotationsByType(type).length > 0;
    }
}
