package dev.bistro.metrics;

import java.util.Optional;

/**
 * What requests are told apart by.
 *
 * @param method a registered method, or {@code _OTHER}
 * @param status empty where the client had gone before there was one
 * @param route the template of the route; empty where there was none
 */
public record RequestKind(String method, Optional<Integer> status, Optional<String> route) {
    /** The labels have OpenTelemetry's names, spelt as Prometheus can read them. */
    static final String METHOD = "http_request_method";

    private static final String STATUS = "http_response_status_code";
    private static final String ROUTE = "http_route";

    Labels labels() {
        Labels labels = Labels.of(METHOD, method);
        if (status.isPresent()) {
            labels = labels.and(STATUS, status.get().toString());
        }
        return route.isPresent() ? labels.and(ROUTE, route.get()) : labels;
    }
}
