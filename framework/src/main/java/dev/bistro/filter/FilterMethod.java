package dev.bistro.filter;

import dev.bistro.http.Chain;
import dev.bistro.result.ResultWriter;
import dev.bistro.startup.Place;
import dev.bistro.types.ResolvedMethod;
import java.util.Arrays;

/**
 * A filter's method, with everything to call it but the object.
 *
 * @param method of the class with {@code @Filter}
 * @param writer writes responses of the filter's own
 */
record FilterMethod(ResolvedMethod method, FilterBinding binding, int priority, ResultWriter writer) {
    /** The class with {@code @Filter}. */
    Class<?> type() {
        return method.hierarchy().type();
    }

    /** The index of the parameter that takes the chain; the other, if there is one, takes the request. */
    int chainIndex() {
        return Arrays.asList(method.method().getParameterTypes()).indexOf(Chain.class);
    }

    /** The name of its class. */
    String name() {
        return Place.name(type());
    }
}
