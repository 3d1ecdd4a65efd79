package dev.bistro.filter;

import dev.bistro.http.Chain;
import dev.bistro.result.ResultWriter;
import dev.bistro.startup.Place;
import dev.bistro.types.ResolvedMethod;
import java.util.Arrays;

/**
 * A filter's method, and what it takes to call it, but for the object.
 *
 * @param method of the class with {@code @Filter}
 * @param writer writes what it answers itself
 */
record FilterMethod(ResolvedMethod method, FilterBinding binding, int priority, ResultWriter writer) {
    /** The class with {@code @Filter}. */
    Class<?> type() {
        return method.hierarchy().type();
    }

    /** Which of its parameters takes the chain; the other, if there is one, takes the request. */
    int chainIndex() {
        return Arrays.asList(method.method().getParameterTypes()).indexOf(Chain.class);
    }

    /** Its class, as it is written. */
    String name() {
        return Place.name(type());
    }
}
