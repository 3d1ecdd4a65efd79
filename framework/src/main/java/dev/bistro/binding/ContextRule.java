package dev.bistro.binding;

import dev.bistro.auth.Login;
import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedParameter.Source;
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
import dev.bistro.types.Types;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The parts of a request that a parameter's type tells: the {@link Request} itself, its headers and cookies, its
 * {@link Session}, its {@link Login} or its {@link Principal}, which may be of a class of the user's, and the client's
 * {@link X509Certificate}. A login that is required and absent is a 401; one with another kind of principal, and a
 * certificate that is absent, is a 403.
 *
 * @param asksForCertificates whether the server asks clients for certificates
 * @param given gives what doesn't come from the request, by the types of parameters
 */
record ContextRule(ValueRule values, boolean asksForCertificates, Map<Class<?>, Supplier<?>> given, Problems problems) {
    private static final Map<Type, Always> BY_TYPE = Map.of(
            Request.class, new Always(Source.REQUEST, request -> request),
            Headers.class, new Always(Source.HEADER_ALL, Request::headers),
            Cookies.class, new Always(Source.COOKIE_ALL, Request::cookies),
            Session.class, new Always(Source.SESSION, Session::of));

    /** A part that each request has. */
    private record Always(Source source, Function<Request, ?> part) {}

    /**
     * The parts that a request may lack, by their types: a row each.
     *
     * @param source what it is, for descriptions
     * @param part the part of a request
     * @param noDefault why a default would be useless, to follow a colon
     * @param absence what a request without the part is answered with
     */
    private record Optionally(
            Source source,
            Function<Request, Optional<?>> part,
            String noDefault,
            Function<Request, HttpException> absence) {}

    private static final String NO_LOGIN_BY_DEFAULT = "nobody is somebody by default.";

    private static final Optionally LOGIN =
            new Optionally(Source.LOGIN, Login::find, NO_LOGIN_BY_DEFAULT, request -> unauthorized());
    private static final Optionally CERTIFICATE = new Optionally(
            Source.CERTIFICATE,
            Request::clientCertificate,
            "no certificate stands for another.",
            request -> withoutCertificate());

    /** Whether the type stands for a part of the request. */
    static boolean knows(Type type) {
        return BY_TYPE.containsKey(type) || optionally(HeldType.of(type)).isPresent();
    }

    private static Optional<Optionally> optionally(HeldType held) {
        boolean isOne = held.multiplicity() == Multiplicity.OPTIONAL || held.multiplicity() == Multiplicity.ONE;
        return isOne && (held.element() instanceof Class || held.element() instanceof ParameterizedType)
                ? optionally(Types.raw(held.element()))
                : Optional.empty();
    }

    private static Optional<Optionally> optionally(Class<?> element) {
        if (element == X509Certificate.class) {
            return Optional.of(CERTIFICATE);
        }
        if (element == Login.class) {
            return Optional.of(LOGIN);
        }
        return Principal.class.isAssignableFrom(element)
                ? Optional.of(new Optionally(
                        Source.PRINCIPAL,
                        request -> request.principal().filter(element::isInstance),
                        NO_LOGIN_BY_DEFAULT,
                        request -> request.principal().isPresent() ? ofAnotherKind() : unauthorized()))
                : Optional.empty();
    }

    /** Binds the parameter, if its type is one of these. */
    Optional<ParameterBinder> create(BindingPoint point, MethodPlan plan) {
        Always always = BY_TYPE.get(point.type());
        Supplier<?> supplier = point.type() instanceof Class<?> type ? given.get(type) : null;
        if (always == null && supplier != null) {
            always = new Always(Source.DATABASE, request -> supplier.get());
        }
        if (always == null) {
            return optionally(point, plan);
        }
        values.rejectDefault(point, "each request has its " + TypeNames.of(point.type()) + ".");
        if (point.type() == Request.class) {
            plan.takeRequest();
        } else if (point.type() == Session.class) {
            plan.takeSession();
        }
        return Optional.of(PartBinder.of(always.part, point.describe(always.source, false)));
    }

    private Optional<ParameterBinder> optionally(BindingPoint point, MethodPlan plan) {
        HeldType held = HeldType.of(point.type());
        Optional<Optionally> found = optionally(held);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optionally row = found.get();
        values.rejectDefault(point, row.noDefault);
        if (held.multiplicity() == Multiplicity.OPTIONAL) {
            if (row != CERTIFICATE) {
                plan.askForLogin();
            }
            return Optional.of(PartBinder.of(row.part, point.describe(row.source, false)));
        }
        if (row != CERTIFICATE) {
            plan.takeLogin();
        } else if (!asksForCertificates) {
            problems.add(neverAsked(point));
        }
        return Optional.of(new PartBinder(
                request -> required(row, request), point.describe(row.source, true), List.of(describeAbsence(row))));
    }

    private static DescribedError describeAbsence(Optionally row) {
        return switch (row.source) {
            case LOGIN -> DescribedError.of(Status.UNAUTHORIZED, "There is no login.", "WWW-Authenticate");
            case PRINCIPAL -> DescribedError.of(Status.FORBIDDEN, "It is another kind of login.");
            default -> DescribedError.of(Status.FORBIDDEN, "The client shows no certificate.");
        };
    }

    private static Object required(Optionally row, Request request) {
        Optional<?> part = row.part.apply(request);
        if (part.isEmpty()) {
            throw row.absence.apply(request);
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

    /** What stands before the route has asked for a login already, unless the binder is used without it. */
    private static HttpException unauthorized() {
        return new HttpException(Status.UNAUTHORIZED, "This is only for those who say who they are");
    }

    private static HttpException ofAnotherKind() {
        return new ForbiddenException("This is only for another kind of login.");
    }

    private static HttpException withoutCertificate() {
        return new ForbiddenException("This is only for clients that show a certificate.");
    }
}
