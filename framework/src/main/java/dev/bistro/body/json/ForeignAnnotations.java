package dev.bistro.body.json;

import dev.bistro.types.TypeNames;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a class says to Jackson: its annotations, on the class, its members or what it extends and implements,
 * also by way of annotations that stand for several. The annotation processor has looked already, but a class may have
 * been compiled again without it.
 */
final class ForeignAnnotations {
    private ForeignAnnotations() {}

    /** Whether an annotation or a type of this name is one that Jackson knows. */
    private static boolean isForeign(String name) {
        return name.startsWith("com.fasterxml.jackson.")
                || name.startsWith("tools.jackson.")
                || name.startsWith("java.beans.");
    }

    /** The first of them, for people: {@code Product has @JsonNaming}. */
    static Optional<String> of(Class<?> type) {
        boolean isDiscriminated = type.isRecord() ? !Discriminators.of(type).isEmpty() : type.isSealed();
        var all = new ArrayList<Class<?>>();
        addAbove(type, all);
        for (Class<?> one : all) {
            String what = foreign(one, isDiscriminated);
            if (!what.isEmpty()) {
                return Optional.of(TypeNames.of(type) + " " + what);
            }
        }
        return Optional.empty();
    }

    private static String foreign(Class<?> one, boolean isDiscriminated) {
        if (isForeign(one.getName())) {
            return "is a " + one.getSimpleName();
        }
        for (AnnotatedElement member : members(one)) {
            for (Annotation annotation : member.getDeclaredAnnotations()) {
                Class<? extends Annotation> known = annotation.annotationType();
                if (isForeign(known) && !(isDiscriminated && Discriminators.ANNOTATIONS.contains(known.getName()))) {
                    return "has @" + known.getSimpleName();
                }
            }
        }
        return "";
    }

    /** Adds a class with all that it extends and implements, without what the JDK has. */
    private static void addAbove(Class<?> type, List<Class<?>> all) {
        if (type != null && type.getClassLoader() != null) {
            all.add(type);
            addAbove(type.getSuperclass(), all);
            for (Class<?> above : type.getInterfaces()) {
                addAbove(above, all);
            }
        }
    }

    private static List<AnnotatedElement> members(Class<?> type) {
        var members = new ArrayList<AnnotatedElement>(List.of(type));
        Collections.addAll(members, type.getDeclaredFields());
        addWithParameters(type.getDeclaredConstructors(), members);
        addWithParameters(type.getDeclaredMethods(), members);
        return members;
    }

    private static void addWithParameters(Executable[] executables, List<AnnotatedElement> members) {
        for (Executable executable : executables) {
            members.add(executable);
            Collections.addAll(members, executable.getParameters());
        }
    }

    private static boolean isForeign(Class<? extends Annotation> annotation) {
        if (isForeign(annotation.getName())) {
            return true;
        }
        for (Annotation on : annotation.getDeclaredAnnotations()) {
            if (isForeign(on.annotationType().getName())) {
                return true;
            }
        }
        return false;
    }
}
