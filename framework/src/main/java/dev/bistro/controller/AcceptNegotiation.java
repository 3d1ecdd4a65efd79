package dev.bistro.controller;

import dev.bistro.http.Accept;
import dev.bistro.http.MediaType;
import dev.bistro.http.NotAcceptableException;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses by the client's {@code Accept} among endpoints that write several media types. If there is only one, nothing
 * is negotiated: it answers whatever the client accepts (RFC 9110, section 12.4.1).
 */
final class AcceptNegotiation {
    private final List<MediaType> types;
    private final RoutedTarget[] endpoints;
    private final RoutedTarget notAcceptable;

    private AcceptNegotiation(List<MediaType> types, RoutedTarget[] endpoints, RoutedTarget notAcceptable) {
        this.types = types;
        this.endpoints = endpoints;
        this.notAcceptable = notAcceptable;
    }

    /**
     * Of these endpoints.
     *
     * @param variants in the order of preference, for a client that accepts several equally
     */
    static AcceptNegotiation of(List<EndpointVariant> variants, NegotiationFaults faults) {
        if (variants.size() == 1) {
            return new AcceptNegotiation(
                    List.of(MediaType.ANY), new RoutedTarget[] {variants.get(0).target()}, null);
        }
        List<MediaType> types = variants.stream()
                .map(variant -> variant.produces().orElse(MediaType.ANY))
                .toList();
        return new AcceptNegotiation(
                types,
                variants.stream()
                        .map(EndpointVariant::target)
                        .map(routed -> new RoutedTarget(new VaryAcceptTarget(routed.target()), routed.route()))
                        .toArray(RoutedTarget[]::new),
                faults.target(request -> new NotAcceptableException(types)));
    }

    Target select(ServerRequest request) {
        if (endpoints.length == 1) {
            return endpoints[0].forRequest(request);
        }
        Optional<MediaType> best = Accept.of(request).best(types);
        RoutedTarget selected = best.isPresent() ? endpoints[types.indexOf(best.get())] : notAcceptable;
        return selected.forRequest(request);
    }

    List<Target> targets() {
        var targets = new ArrayList<Target>();
        for (RoutedTarget endpoint : endpoints) {
            targets.add(endpoint.target());
        }
        if (notAcceptable != null) {
            targets.add(notAcceptable.target());
        }
        return targets;
    }
}
