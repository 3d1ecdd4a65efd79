package dev.bistro.inject;

import dev.bistro.types.Hierarchy;
import jakarta.inject.Inject;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The {@code @Inject} members of a class in the order in which they are injected: those of superclasses first, and of
 * each class its fields before its methods, which are sorted by name. An overridden method is left out, even if the
 * method that overrides it has no {@code @Inject}.
 *
 * @see <a
 *     href="https://jakarta.ee/specifications/dependency-injection/2.0/apidocs/jakarta/inject/Inject.html">Inject</a>
 */
final class InjectedMembers {
    private InjectedMembers() {}

    /** The members that are injected into each object of a class, inherited ones first. */
    static List<Member> ofObjects(Class<?> type) {
        Hierarchy hierarchy = Hierarchy.of(type);
        var members = new ArrayList<Member>();
        for (Class<?> declaring : Hierarchy.line(type)) {
            fields(declaring).filter(field -> !isStatic(field)).forEach(members::add);
            methods(declaring)
                    .filter(method -> !isStatic(method) && !hierarchy.isOverridden((Method) method))
                    .forEach(members::add);
        }
        return members;
    }

    /** The static members that a class itself declares; they are injected once. */
    static List<Member> staticOf(Class<?> declaring) {
        return Stream.concat(
                        fields(declaring).filter(InjectedMembers::isStatic),
                        methods(declaring).filter(InjectedMembers::isStatic))
                .toList();
    }

    private static Stream<Member> fields(Class<?> declaring) {
        return Stream.<Member>of(declaring.getDeclaredFields()).filter(InjectedMembers::isMarked);
    }

    private static Stream<Member> methods(Class<?> declaring) {
        // Synthetic methods are bridges: the compiler copies annotations to them, but they only call the written one.
        return Stream.of(declaring.getDeclaredMethods())
                .filter(method -> isMarked(method) && !method.isSynthetic())
                .sorted(Hierarchy.BY_NAME)
                .map(Member.class::cast);
    }

    private static boolean isMarked(Member member) {
        return ((AccessibleObject) member).isAnnotationPresent(Inject.class);
    }

    private static boolean isStatic(Member member) {
        return Modifier.isStatic(member.getModifiers());
    }
}
