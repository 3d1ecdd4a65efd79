package dev.bistro.handler;

import dev.bistro.types.ResolvedMethod;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Says what runs around methods that answer requests, and what they can ask for meanwhile; at startup. */
public interface Surroundings {
    /** Nothing. */
    Surroundings NONE = (route, method, streamsBody) -> Optional.empty();

    /**
     * What runs around a method, if anything does; what is wrong with that is added to the problems.
     *
     * @param streamsBody whether the method reads the body while it comes, so that it can't be called twice
     */
    Optional<Surrounding> of(DeclaredRoute route, ResolvedMethod method, boolean streamsBody);

    /** What parameters of these types are bound to, each time that a method is called. */
    default Map<Class<?>, Supplier<?>> parameters() {
        return Map.of();
    }
}
