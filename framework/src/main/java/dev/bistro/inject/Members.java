package dev.bistro.inject;

import jakarta.inject.Inject;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The {@code @Inject} members of a class in the order in which they are injected: those of superclasses first, and of each class its fields before its
 * methods, which go by name. A method that is overridden is left out, even where the one that overrides it has no {@code @Inject}.
 *
 * @see <a href="https://jakarta.ee/specifications/dependency-injection/2.0/apidocs/jakarta/inject/Inject.html">jakarta.inject.Inject</a>
 */
final class Members {
    /** An order of methods that is the same at each start: that of reflection isn't. */
    static final Comparator<Method> BY_NAME =
            Comparator.comparing(Method::getName).thenComparing(Method::toString);

    private Members() {}

    /** The members of objects, those that a class inherits first. */
    static List<Member> ofObjects(Class<?> type) {
        List<Class<?>> line = line(type);
        var members = new ArrayList<Member>();
        for (int i = 0; i < line.size(); i++) {
            Class<?> declaring = line.get(i);
            List<Class<?>> below = line.subList(i + 1, line.size());
            fields(declaring).filter(field -> !isStatic(field)).forEach(members::add);
            methods(declaring)
                    .filter(method -> !isStatic(method) && !isOverridden(method, below))
                    .forEach(members::add);
        }
        return members;
    }

    /** The static members that a class itself declares. */
    static List<Member> ofClass(Class<?> declaring) {
        return Stream.concat(
                        fields(declaring).filter(Members::isStatic),
                        methods(declaring).filter(Members::isStatic))
                .toList();
    }

    /** A class and what it extends, the uppermost first; without {@code Object}. */
    static List<Class<?>> line(Class<?> type) {
        var line = new ArrayList<Class<?>>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            line.add(at);
        }
        Collections.reverse(line);
        return line;
    }

    private static Stream<Member> fields(Class<?> declaring) {
        return Stream.<Member>of(declaring.getDeclaredFields()).filter(Members::isMarked);
    }

    private static Stream<Member> methods(Class<?> declaring) {
        // The compiler copies annotations to the methods that it adds: those only lead to the one that was written.
        return Stream.of(declaring.getDeclaredMethods())
                .filter(method -> isMarked(method) && !method.isSynthetic())
                .sorted(BY_NAME)
                .map(Member.class::cast);
    }

    private static boolean isMarked(Member member) {
        return ((AccessibleObject) member).isAnnotationPresent(Inject.class);
    }

    private static boolean isStatic(Member member) {
        return Modifier.isStatic(member.getModifiers());
    }

    private static boolean isOverridden(Member member, List<Class<?>> below) {
        var method = (Method) member;
        return !Modifier.isPrivate(method.getModifiers())
                && below.stream()
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .anyMatch(other -> overrides(other, method));
    }

    /** The Java Language Specification, section 8.4.8.1, for methods of a superclass. */
    private static boolean overrides(Method method, Method above) {
        int modifiers = above.getModifiers();
        boolean isSeen = Modifier.isPublic(modifiers)
                || Modifier.isProtected(modifiers)
                || isSamePackage(method.getDeclaringClass(), above.getDeclaringClass());
        return isSeen
                && method.getName().equals(above.getName())
                && List.of(method.getParameterTypes()).equals(List.of(above.getParameterTypes()))
                && !Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && (!method.isBridge() || leadsToAnother(method));
    }

    private static boolean isSamePackage(Class<?> one, Class<?> other) {
        return one.getPackageName().equals(other.getPackageName()) && one.getClassLoader() == other.getClassLoader();
    }

    /**
     * Whether the compiler's method stands for one that is written in the same class, with narrower types; it also adds some that only make the inherited
     * method public.
     */
    private static boolean leadsToAnother(Method bridge) {
        return Stream.of(bridge.getDeclaringClass().getDeclaredMethods())
                .anyMatch(method -> !method.isBridge()
                        && method.getName().equals(bridge.getName())
                        && isNarrower(method.getParameterTypes(), bridge.getParameterTypes()));
    }

    private static boolean isNarrower(Class<?>[] types, Class<?>[] wider) {
        return types.length == wider.length
                && IntStream.range(0, types.length).allMatch(i -> wider[i].isAssignableFrom(types[i]));
    }
}
