package dev.bistro.handler;

import dev.bistro.annotation.DenyAll;
import dev.bistro.annotation.PermitAll;
import dev.bistro.annotation.RolesAllowed;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The annotations that say who may call a route: ours, and those of {@code jakarta.annotation.security}, which are
 * known by their names so that nothing needs their library. Those of {@code javax} are the same of former days.
 */
public final class AccessAnnotations {
    /** What an annotation says. */
    public enum Kind {
        ROLES,
        ANYBODY,
        NOBODY
    }

    private static final Map<String, Kind> FOREIGN = Map.of(
            "jakarta.annotation.security.RolesAllowed", Kind.ROLES,
            "jakarta.annotation.security.PermitAll", Kind.ANYBODY,
            "jakarta.annotation.security.DenyAll", Kind.NOBODY,
            "javax.annotation.security.RolesAllowed", Kind.ROLES,
            "javax.annotation.security.PermitAll", Kind.ANYBODY,
            "javax.annotation.security.DenyAll", Kind.NOBODY);

    private static final Map<Class<? extends Annotation>, Kind> OURS = Map.of(
            RolesAllowed.class, Kind.ROLES,
            PermitAll.class, Kind.ANYBODY,
            DenyAll.class, Kind.NOBODY);

    private AccessAnnotations() {}

    /** What an annotation of this type says of who may call; empty if it says nothing of that. */
    public static Optional<Kind> kind(Class<? extends Annotation> type) {
        return Optional.ofNullable(OURS.get(type)).or(() -> Optional.ofNullable(FOREIGN.get(type.getName())));
    }

    /** Whether an annotation of this type says who may call. */
    public static boolean isOne(Class<? extends Annotation> type) {
        return kind(type).isPresent();
    }

    /** The full names of those of libraries, whose classes may be missing when the application runs. */
    public static Set<String> foreignNames() {
        return FOREIGN.keySet();
    }
}
