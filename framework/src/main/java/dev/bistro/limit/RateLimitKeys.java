package dev.bistro.limit;

import dev.bistro.annotation.RateLimit;
import dev.bistro.handler.RouteAnnotations;
import dev.bistro.http.RateLimitKey;
import dev.bistro.types.ResolvedMethod;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the keys of rates, of which injection has to make objects. */
public final class RateLimitKeys {
    private RateLimitKeys() {}

    /** The classes of keys that a controller or WebSocket names; empty if one of its classes can't be loaded. */
    public static Set<Class<?>> of(Class<?> controller) {
        try {
            Set<Class<?>> keys = new LinkedHashSet<>();
            add(RouteAnnotations.of(controller), keys);
            for (ResolvedMethod method : ResolvedMethod.allOf(controller)) {
                add(RouteAnnotations.of(method), keys);
            }
            return keys;
        } catch (LinkageError | TypeNotPresentException incomplete) {
            return Set.of(); // whatever looks at the class next reports that
        }
    }

    private static void add(RouteAnnotations annotations, Set<Class<?>> keys) {
        for (RateLimit limit : annotations.all(RateLimit.class)) {
            if (RateLimitKey.class.isAssignableFrom(limit.key())) {
                keys.add(limit.key());
            }
        }
    }
}
