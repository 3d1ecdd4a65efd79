package dev.bistro.controller;

import dev.bistro.access.AccessRule;
import dev.bistro.access.LoginGuards;
import dev.bistro.binding.MethodBinder;
import dev.bistro.binding.ValidatingBinder;
import dev.bistro.description.DescribedResponse;
import dev.bistro.description.DescribedRoute;
import dev.bistro.exception.ErrorMapper;
import dev.bistro.filter.FilterFactory;
import dev.bistro.filter.RequestResources;
import dev.bistro.filter.ResourceTarget;
import dev.bistro.filter.RouteFilters;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.handler.Executions;
import dev.bistro.handler.Invoker;
import dev.bistro.handler.Surrounding;
import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.http.spi.Target.BodyUse;
import dev.bistro.http.spi.Target.Traits;
import dev.bistro.limit.LimitFactory;
import dev.bistro.limit.RouteLimits;
import dev.bistro.result.Representation;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Problems;
import dev.bistro.validation.ConstraintCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes endpoints of handlers, at startup, with the controllers' objects: one target for each route.
 *
 * @param controllers gives the object of a controller
 * @param errors gives the error mapper of a controller
 */
record EndpointFactory(
        Function<Class<?>, Object> controllers,
        Function<Class<?>, ErrorMapper> errors,
        FilterFactory filters,
        LimitFactory limits,
        LoginGuards guards,
        Problems problems) {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointFactory.class);

    /**
     * Describes the routes of handlers.
     *
     * @param failures gives what the methods for exceptions of a controller answer
     */
    static Stream<DescribedRoute> describe(
            List<Handler> handlers, Function<Class<?>, List<DescribedResponse>> failures) {
        return byRoute(handlers).values().stream()
                .flatMap(same -> same.stream()
                        .map(handler -> new HandlerDescription(
                                        handler, isNegotiated(handler, same), failures.apply(handler.controller()))
                                .create()));
    }

    private static Map<String, List<Handler>> byRoute(List<Handler> handlers) {
        Map<String, List<Handler>> byRoute = new LinkedHashMap<>();
        handlers.forEach(handler -> byRoute.computeIfAbsent(handler.route(), route -> new ArrayList<>())
                .add(handler));
        return byRoute;
    }

    /** Adds the routes; without endpoints if anything is wrong, since no object is made then. */
    void addRoutes(List<Handler> handlers, RouteTable.Builder<RouteTarget> table) {
        Map<String, List<Handler>> byRoute = byRoute(handlers);
        byRoute.values().forEach(same -> new NegotiationAudit(same, problems).check());
        for (List<Handler> same : byRoute.values()) {
            Handler first = same.get(0);
            RouteTarget target = problems.allowObjects() ? target(same) : null;
            table.add(first.verb(), first.template(), target, first.place());
        }
    }

    private RouteTarget target(List<Handler> same) {
        if (same.size() == 1 && same.get(0).isSimple()) {
            Handler only = same.get(0);
            Endpoint endpoint = endpoint(only, only.representations().get(0));
            return new SingleEndpoint(
                    RoutedTarget.of(around(only, endpoint), only.declared()),
                    only.binder().bodyTypes(),
                    only.description());
        }
        var variants = new ArrayList<EndpointVariant>();
        for (Handler handler : inPreference(same)) {
            for (Representation representation : handler.representations()) {
                Endpoint endpoint = endpoint(handler, representation);
                // inside of the filters, so that they see it; AcceptNegotiation adds it again outside, since a filter
                // may replace it
                Target inner = isNegotiated(handler, same) ? new VaryAcceptTarget(endpoint) : endpoint;
                variants.add(new EndpointVariant(
                        handler.consumes(),
                        representation.mediaType(),
                        RoutedTarget.of(around(handler, inner), handler.declared()),
                        handler.description()));
            }
        }
        DeclaredRoute common =
                DeclaredRoute.common(same.stream().map(Handler::declared).toList());
        RouteLimits limited = limits.ofClass(common);
        AccessRule access = AccessRule.common(same.stream().map(Handler::access).toList());
        RouteFilters shared = filters.of(same.get(0).template(), common::carries)
                .guardedBy(guards.of(access))
                .with(limited.links());
        var faults = new NegotiationFaults(
                errors.apply(same.get(0).controller()), target -> limited.before(shared.aroundInScope(target)), common);
        return new NegotiatedEndpoints(variants, faults);
    }

    /** Whether {@code Accept} decides which answer is sent: another one is there for the same request bodies. */
    static boolean isNegotiated(Handler handler, List<Handler> same) {
        return handler.representations().size() > 1
                || same.stream()
                        .filter(other -> other != handler)
                        .anyMatch(other -> other.consumes().stream().anyMatch(handler.consumes()::contains));
    }

    /** JSON first: a client that accepts everything equally is usually a program. The rest by media type. */
    private static List<Handler> inPreference(List<Handler> handlers) {
        var sorted = new ArrayList<>(handlers);
        sorted.sort(Comparator.<Handler, Boolean>comparing(handler -> !MediaType.JSON.includes(firstType(handler)))
                .thenComparing(handler -> firstType(handler).toString()));
        return sorted;
    }

    private static MediaType firstType(Handler handler) {
        return handler.produces().get(0).orElse(MediaType.ANY);
    }

    /** The endpoint with what every request comes through before: request scope, filters, and the files of a form. */
    private Target around(Handler handler, Target endpoint) {
        MethodBinder binder = handler.binder();
        Target target =
                binder.takesForm() ? new ResourceTarget(endpoint, request -> new FormFiles(binder, request)) : endpoint;
        return handler.limits().before(filters.inScope(handler.filters().around(target)));
    }

    /** The files of a form that are on the disk. */
    private record FormFiles(MethodBinder binder, ServerRequest request) implements RequestResources {
        /** A file that can't be removed is logged: the client can't do anything about it. */
        @Override
        public void release() {
            try {
                binder.release(request);
            } catch (RuntimeException e) {
                LOG.error("[{}] {}", request.id(), e.getMessage(), e);
            }
        }

        @Override
        public boolean areNeededByLiveBody() {
            return true;
        }
    }

    private Endpoint endpoint(Handler handler, Representation representation) {
        Object controller = controllers.apply(handler.controller());
        return new Endpoint(
                arguments(handler, controller),
                Invoker.of(controller, handler.method().method()),
                representation.writer(),
                handler.surrounding().orElse(Surrounding.NONE),
                errors.apply(handler.controller()),
                new Traits(handler.place().text(), Executions.of(handler.method()), bodyUse(handler))
                        .withMaxBodyBytes(handler.limits().maxBodyBytes()));
    }

    private static Function<Request, Object[]> arguments(Handler handler, Object controller) {
        if (handler.constraints().isEmpty()) {
            return handler.binder()::bind;
        }
        ConstraintCheck check = handler.constraints().get();
        check.tryOut(controller);
        return new ValidatingBinder(check, controller, handler.binder())::bind;
    }

    static BodyUse bodyUse(Handler handler) {
        if (!handler.binder().takesBody()) {
            return BodyUse.IGNORED;
        }
        return handler.binder().streamsBody() || handler.limits().readBodyLate() ? BodyUse.STREAM : BodyUse.WHOLE;
    }
}
