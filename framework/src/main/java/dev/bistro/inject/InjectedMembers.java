package dev.bistro.inject;

import dev.bistro.types.Hierarchy;
import jakarta.inject.Inject;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

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
            for (Member member : marked(declaring)) {
                if (!isStatic(member) && !(member instanceof Method method && hierarchy.isOverridden(method))) {
                    members.add(member);
                }
            }
        }
        return members;
    }

    /** The static members that a class itself declares; they are injected once. */
    static List<Member> staticOf(Class<?> declaring) {
        var members = new ArrayList<Member>();
        for (Member member : marked(declaring)) {
            if (isStatic(member)) {
                members.add(member);
            }
        }
        return members;
    }

    /** The fields, and then the methods by name. */
    private static List<Member> marked(Class<?> declaring) {
        var members = new ArrayList<Member>();
        for (Field field : declaring.getDeclaredFields()) {
            if (isMarked(field)) {
                members.add(field);
            }
        }
        var methods = new ArrayList<Method>();
        for (Method method : declaring.getDeclaredMethods()) {
            // Synthetic methods are bridges: the compiler copies annotations to them, but they only call the written.
            if (isMarked(method) && !method.isSynthetic()) {
                methods.add(method);
            }
        }
        methods.sort(Hierarchy.BY_NAME);
        members.addAll(methods);
        return members;
    }

    private static boolean isMarked(Member member) {
        return ((AccessibleObject) member).isAnnotationPresent(Inject.class);
    }

    private static boolean isStatic(Member member) {
        return Modifier.isStatic(member.getModifiers());
    }
}
