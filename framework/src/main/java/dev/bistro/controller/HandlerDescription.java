package dev.bistro.controller;

import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedHeader;
import dev.bistro.description.DescribedResponse;
import dev.bistro.description.DescribedRoute;
import dev.bistro.description.DescribedRoute.Running;
import dev.bistro.handler.Executions;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.Target.BodyUse;
import dev.bistro.result.ResultDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Describes a handler, by asking each of its parts.
 *
 * @param isNegotiated whether {@code Accept} chooses among its answers and those of others
 * @param failures what methods for exceptions answer
 */
record HandlerDescription(Handler handler, boolean isNegotiated, List<DescribedResponse> failures) {
    private static final DescribedHeader VARY = new DescribedHeader("Vary", String.class, true, Optional.of("Accept"));

    DescribedRoute create() {
        List<ResultDescription> results = handler.representations().stream()
                .map(representation -> representation.described().forRequests(handler.verb()))
                .toList();
        return new DescribedRoute(
                DescribedRoute.Kind.HANDLER,
                handler.verb(),
                handler.template().describe(),
                Optional.of(handler.controller()),
                Optional.of(handler.method().method()),
                handler.place().text(),
                handler.binder().describe(handler.constraints()),
                handler.binder().describeBody(),
                responses(results),
                errors(results),
                failures,
                List.of(),
                handler.access().describe(),
                handler.limits().describe(),
                handler.filters().describe(),
                running(),
                isDeprecated());
    }

    private List<DescribedResponse> responses(List<ResultDescription> results) {
        return results.stream()
                .flatMap(result -> result.responses().stream())
                .map(response -> isNegotiated ? response.withHeaders(List.of(VARY)) : response)
                .distinct()
                .toList();
    }

    private List<DescribedError> errors(List<ResultDescription> results) {
        var errors = new ArrayList<>(handler.binder().describeErrors());
        results.forEach(result -> errors.addAll(result.errors()));
        if (handler.constraints().isPresent()) {
            errors.add(DescribedError.of(Status.UNPROCESSABLE_CONTENT, "A value isn't valid."));
        }
        if (isNegotiated) {
            errors.add(DescribedError.of(
                    Status.NOT_ACCEPTABLE, "This comes as none of the media types that the client accepts."));
        }
        errors.addAll(handler.access().describeErrors());
        errors.addAll(handler.limits().describeErrors());
        errors.addAll(handler.filters().describeErrors());
        handler.surrounding().ifPresent(around -> errors.addAll(around.describeErrors()));
        return DescribedError.together(errors);
    }

    /** A body is read where it may wait for the client, and a request with a timeout where it can be interrupted. */
    private Running running() {
        boolean isApart = EndpointFactory.bodyUse(handler) == BodyUse.STREAM
                || handler.limits().describe().timeout().isPresent();
        return isApart ? Running.APART : running(handler.filters().execution(Executions.of(handler.method())));
    }

    static Running running(Execution execution) {
        return switch (execution) {
            case NON_BLOCKING -> Running.INLINE;
            case ADAPTIVE -> Running.ADAPTIVE;
            case BLOCKING -> Running.APART;
        };
    }

    private boolean isDeprecated() {
        return handler.method().method().isAnnotationPresent(Deprecated.class)
                || handler.controller().isAnnotationPresent(Deprecated.class);
    }
}
