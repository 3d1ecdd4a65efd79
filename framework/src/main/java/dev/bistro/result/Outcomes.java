package dev.bistro.result;

import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a value of a sealed type may be. */
final class Outcomes {
    private Outcomes() {}

    /** The classes that end its hierarchy, in the order of declaration; what is open again (non-sealed) is known only when it is there. */
    static Set<Class<?>> of(Class<?> sealed) {
        var found = new LinkedHashSet<Class<?>>();
        add(sealed, found);
        return found;
    }

    private static void add(Class<?> type, Set<Class<?>> found) {
        if (!Modifier.isAbstract(type.getModifiers())) {
            found.add(type);
        }
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                add(permitted, found);
            }
        }
    }
}
