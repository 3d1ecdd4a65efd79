package dev.bistro.limit;

import dev.bistro.annotation.RateLimit;
import dev.bistro.handler.RouteAnnotations;
import dev.bistro.http.RateLimitKey;
import dev.bistro.types.ResolvedMethod;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the keys of rates, of which injection has to make objects. */
public final class RateLimitKeys {
    private RateLimitKeys() {}

    /** The classes of keys that a controller or WebSocket names; empty if one of its classes can't be loaded. */
    public static Set<Class<?>> of(Class<?> controller) {
        try {
            return Stream.concat(
                            Stream.of(RouteAnnotations.of(controller)),
                            ResolvedMethod.allOf(controller).stream().map(RouteAnnotations::of))
                    .flatMap(annotations -> annotations.all(RateLimit.class).stream())
                    .<Class<?>>map(RateLimit::key)
                    .filter(RateLimitKey.class::isAssignableFrom)
                    .collect(Collectors.toSet());
        } catch (LinkageError | TypeNotPresentException incomplete) {
            return Set.of(); // whatever looks at the class next reports that
        }
    }
}
