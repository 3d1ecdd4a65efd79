package dev.bistro.binding;

import dev.bistro.http.Cookies;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import dev.bistro.session.Session;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.TypeNames;
import java.lang.reflect.Type;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The parts of a request that a parameter's type tells: the {@link Request} itself, its headers and cookies, its
 * {@link Session}, its {@link Principal} and the client's {@link X509Certificate}. A principal that is required and
 * absent is a 401, a certificate a 403.
 *
 * @param asksForCertificates whether the server asks clients for certificates
 */
record ContextRule(ValueRule values, boolean asksForCertificates, Problems problems) {
    private static final Map<Type, ParameterBinder> BY_TYPE = Map.of(
            Request.class, (request, faults) -> request,
            Headers.class, (request, faults) -> request.headers(),
            Cookies.class, (request, faults) -> request.cookies(),
            Session.class, (request, faults) -> Session.of(request));

    /**
     * The parts that a request may lack, by their types: a row each.
     *
     * @param part the part of a request
     * @param noDefault why a default would be useless, to follow a colon
     * @param absence what a request without the part is answered with
     */
    private record Optionally(Function<Request, Optional<?>> part, String noDefault, Supplier<HttpException> absence) {}

    private static final Map<Type, Optionally> OPTIONALLY_BY_TYPE = Map.of(
            Principal.class,
            new Optionally(Request::principal, "nobody is somebody by default.", ContextRule::unauthorized),
            X509Certificate.class,
            new Optionally(
                    Request::clientCertificate, "no certificate stands for another.", ContextRule::withoutCertificate));

    /** Whether the type stands for a part of the request. */
    static boolean knows(Type type) {
        return BY_TYPE.containsKey(type) || isOptionally(HeldType.of(type));
    }

    private static boolean isOptionally(HeldType held) {
        return OPTIONALLY_BY_TYPE.containsKey(held.element())
                && (held.multiplicity() == Multiplicity.OPTIONAL || held.multiplicity() == Multiplicity.ONE);
    }

    /** Binds the parameter, if its type is one of these. */
    Optional<ParameterBinder> create(BindingPoint point, MethodPlan plan) {
        ParameterBinder binder = BY_TYPE.get(point.type());
        if (binder == null) {
            return optionally(point);
        }
        values.rejectDefault(point, "each request has its " + TypeNames.of(point.type()) + ".");
        if (point.type() == Request.class) {
            plan.takeRequest();
        }
        return Optional.of(binder);
    }

    private Optional<ParameterBinder> optionally(BindingPoint point) {
        HeldType held = HeldType.of(point.type());
        if (!isOptionally(held)) {
            return Optional.empty();
        }
        Optionally row = OPTIONALLY_BY_TYPE.get(held.element());
        values.rejectDefault(point, row.noDefault);
        if (held.multiplicity() == Multiplicity.OPTIONAL) {
            return Optional.of((request, faults) -> row.part.apply(request));
        }
        if (held.element() == X509Certificate.class && !asksForCertificates) {
            problems.add(neverAsked(point));
        }
        return Optional.of((request, faults) -> required(row, request));
    }

    private static Object required(Optionally row, Request request) {
        Optional<?> part = row.part.apply(request);
        if (part.isEmpty()) {
            throw row.absence.get();
        }
        return part.get();
    }

    private static Problem neverAsked(BindingPoint point) {
        return point.problem(
                        "certificate-never-asked",
                        "A parameter takes the client's certificate, but the server asks no client for one.")
                .cure("Set server.tls.client-auth=want, and server.tls.client-ca; or take an"
                        + " Optional<X509Certificate>.");
    }

    /** The filter that authenticates knows what it accepts, and adds the challenge ({@code WWW-Authenticate}). */
    private static HttpException unauthorized() {
        return new HttpException(Status.UNAUTHORIZED, "This is only for those who say who they are");
    }

    private static HttpException withoutCertificate() {
        return new ForbiddenException("This is only for clients that show a certificate.");
    }
}
