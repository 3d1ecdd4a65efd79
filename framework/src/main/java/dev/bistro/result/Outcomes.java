package dev.bistro.result;

import dev.bistro.annotation.Status;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Response;
import dev.bistro.types.Types;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What a value of a sealed type may be. */
final class Outcomes {
    private Outcomes() {}

    /** The classes that end its hierarchy, in the order of declaration; what is open again (non-sealed) is known only when it is there. */
    static Set<Class<?>> of(Class<?> sealed) {
        var found = new LinkedHashSet<Class<?>>();
        add(sealed, found);
        return found;
    }

    /** Whether all that a result of the type may be says its status. */
    static boolean haveStatus(Type type) {
        Class<?> raw = Types.raw(type);
        if (Optional.class.isAssignableFrom(raw) || CompletionStage.class.isAssignableFrom(raw)) {
            return haveStatus(Types.argument(type));
        }
        return raw == Response.class
                || raw == ProblemDetail.class
                || !of(raw).isEmpty() && of(raw).stream().allMatch(Outcomes::hasStatus);
    }

    /** The class of what is written in the end: {@code Item} of {@code Response<Optional<Item>>}. */
    static Class<?> innermost(Type type) {
        Class<?> raw = Types.raw(type);
        return raw == Response.class || raw == Optional.class ? innermost(Types.argument(type)) : raw;
    }

    private static boolean hasStatus(Class<?> outcome) {
        return outcome.isRecord() && outcome.isAnnotationPresent(Status.class);
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
