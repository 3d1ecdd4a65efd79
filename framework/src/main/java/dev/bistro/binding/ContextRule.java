package dev.bistro.binding;

import dev.bistro.http.Cookies;
import dev.bistro.http.Headers;
import dev.bistro.http.Request;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;

/** What a request has as a whole, known by the parameter's type. */
record ContextRule(ValueRule values) {
    private static final Map<Type, ParameterBinder> BY_TYPE = Map.of(
            Request.class, (request, faults) -> request,
            Headers.class, (request, faults) -> request.headers(),
            Cookies.class, (request, faults) -> request.cookies());

    /** Whether the type stands for a part of the request. */
    static boolean knows(Type type) {
        return BY_TYPE.containsKey(type);
    }

    /** Binds the parameter, if its type is one of these. */
    Optional<ParameterBinder> create(BindingPoint point, MethodPlan plan) {
        ParameterBinder binder = BY_TYPE.get(point.type());
        if (binder == null) {
            return Optional.empty();
        }
        values.rejectDefault(point, "each request has its " + TypeNames.of(point.type()) + ".");
        if (point.type() == Request.class) {
            plan.takeRequest();
        }
        return Optional.of(binder);
    }
}
