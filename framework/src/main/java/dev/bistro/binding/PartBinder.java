package dev.bistro.binding;

import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedParameter;
import dev.bistro.http.Request;
import java.util.List;
import java.util.function.Function;

/**
 * Binds a part of a request that is no text under a name: the request itself, its session, all of its query string.
 *
 * @param part gives the argument
 * @param errors what it may throw
 */
record PartBinder(Function<Request, ?> part, DescribedParameter described, List<DescribedError> errors)
        implements ParameterBinder {
    /** Binds a part that each request has. */
    static PartBinder of(Function<Request, ?> part, DescribedParameter described) {
        return new PartBinder(part, described, List.of());
    }

    @Override
    public Object bind(Request request, BindingFaults faults) {
        return part.apply(request);
    }

    @Override
    public List<DescribedParameter> describe() {
        return List.of(described);
    }
}
