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
 * The {@code @Inject} members of a class in the order in which they are injected: those of superclasses first, and of each class its fields before its
 * methods, which go by name. A method that is overridden is left out, even where the one that overrides it has no {@code @Inject}.
 *
 * @see <a href="https://jakarta.ee/specifications/dependency-injection/2.0/apidocs/jakarta/inject/Inject.html">jakarta.inject.Inject</a>
 */
final class Members {
    private Members() {}

    /** The members of objects, those that a class inherits first. */
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

    /** The static members that a class itself declares. */
    static List<Member> ofClass(Class<?> declaring) {
        return Stream.concat(
                        fields(declaring).filter(Members::isStatic),
                        methods(declaring).filter(Members::isStatic))
                .toList();
    }

    private static Stream<Member> fields(Class<?> declaring) {
        return Stream.<Member>of(declaring.getDeclaredFields()).filter(Members::isMarked);
    }

    private static Stream<Member> methods(Class<?> declaring) {
        // The compiler copies annotations to the methods that it adds: those only lead to the one that was written.
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
