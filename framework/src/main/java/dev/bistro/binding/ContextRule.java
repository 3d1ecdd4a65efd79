package dev.bistro.binding;

import dev.bistro.http.Cookies;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import dev.bistro.types.TypeNames;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a request that a parameter's type tells: the {@link Request} itself, its headers and cookies, and its
 * {@link Principal}. A principal that is required and absent is a 401.
 */
record ContextRule(ValueRule values) {
    private static final Map<Type, ParameterBinder> BY_TYPE = Map.of(
            Request.class, (request, faults) -> request,
            Headers.class, (request, faults) -> request.headers(),
            Cookies.class, (request, faults) -> request.cookies());

    /** Whether the type stands for a part of the request. */
    static boolean knows(Type type) {
        return BY_TYPE.containsKey(type) || isPrincipal(HeldType.of(type));
    }

    private static boolean isPrincipal(HeldType held) {
        return held.element() == Principal.class
                && (held.multiplicity() == Multiplicity.OPTIONAL || held.multiplicity() == Multiplicity.ONE);
    }

    /** Binds the parameter, if its type is one of these. */
    Optional<ParameterBinder> create(BindingPoint point, MethodPlan plan) {
        ParameterBinder binder = BY_TYPE.get(point.type());
        if (binder == null) {
            return principal(point);
        }
        values.rejectDefault(point, "each request has its " + TypeNames.of(point.type()) + ".");
        if (point.type() == Request.class) {
            plan.takeRequest();
        }
        return Optional.of(binder);
    }

    private Optional<ParameterBinder> principal(BindingPoint point) {
        HeldType held = HeldType.of(point.type());
        if (!isPrincipal(held)) {
            return Optional.empty();
        }
        values.rejectDefault(point, "nobody is somebody by default.");
        return held.multiplicity() == Multiplicity.OPTIONAL
                ? Optional.of((request, faults) -> request.principal())
                : Optional.of((request, faults) -> request.principal().orElseThrow(ContextRule::unauthorized));
    }

    /** The filter that authenticates knows what it accepts, and adds the challenge ({@code WWW-Authenticate}). */
    private static HttpException unauthorized() {
        return new HttpException(Status.UNAUTHORIZED, "This is only for those who say who they are");
    }
}
