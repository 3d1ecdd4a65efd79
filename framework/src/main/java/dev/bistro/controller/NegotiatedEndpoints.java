package dev.bistro.controller;

import dev.bistro.http.MatchedRoute;
import dev.bistro.http.MediaType;
import dev.bistro.http.UnsupportedMediaTypeException;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The endpoints of one route, chosen by media types: first by the type of the request's body, for which the most
 * specific range decides, then by the types that the client accepts ({@link AcceptNegotiation}). Everything is laid out
 * at startup; a request walks two short arrays. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12">RFC 9110, section 12</a>
 */
final class NegotiatedEndpoints implements RouteTarget {
    private final Reader[] readers;
    private final boolean readsContentType;
    private final RoutedTarget unsupported;
    private final List<Target> targets;
    private final List<MediaType> bodyTypes;
    private final List<MatchedRoute> routes;
    private final List<RouteDescription> descriptions;

    /** A media type or range of bodies, with the endpoints that read it. */
    private record Reader(MediaType range, AcceptNegotiation endpoints) {}

    /**
     * Lays out the endpoints.
     *
     * @param variants in the order of preference, for a client that accepts several equally
     * @param faults makes the targets for requests that no endpoint can answer
     */
    NegotiatedEndpoints(List<EndpointVariant> variants, NegotiationFaults faults) {
        Set<MediaType> ranges = new LinkedHashSet<>();
        variants.forEach(variant -> ranges.addAll(variant.consumes()));
        this.readers = ranges.stream()
                .sorted(Comparator.comparingInt(NegotiatedEndpoints::wildcards))
                .map(range -> new Reader(range, acceptNegotiation(range, variants, faults)))
                .toArray(Reader[]::new);
        this.readsContentType = readers.length > 1 || !readers[0].range.equals(MediaType.ANY);
        this.bodyTypes = readsContentType ? List.copyOf(ranges) : List.of();
        this.unsupported = faults.target(
                request -> new UnsupportedMediaTypeException(unsupportedDetail(request), request.method(), bodyTypes));
        this.targets = allTargets();
        this.routes = variants.stream()
                .flatMap(variant -> variant.target().route().stream())
                .distinct()
                .toList();
        this.descriptions =
                variants.stream().map(EndpointVariant::description).distinct().toList();
    }

    private static AcceptNegotiation acceptNegotiation(
            MediaType range, List<EndpointVariant> variants, NegotiationFaults faults) {
        return AcceptNegotiation.of(
                variants.stream()
                        .filter(variant -> variant.consumes().contains(range))
                        .toList(),
                faults);
    }

    private List<Target> allTargets() {
        var all = new ArrayList<Target>();
        for (Reader reader : readers) {
            all.addAll(reader.endpoints.targets());
        }
        all.add(unsupported.target());
        return List.copyOf(all);
    }

    /** How much a range leaves open; ranges that leave less come first. */
    private static int wildcards(MediaType range) {
        if (range.type().equals("*")) {
            return 3;
        }
        return range.subtype().equals("*") ? 2 : range.isRange() ? 1 : 0;
    }

    @Override
    public Target select(ServerRequest request) {
        if (!readsContentType) {
            return readers[0].endpoints.select(request);
        }
        if (request.headers().indexOf("Content-Type", 0) < 0) {
            return selectUntyped(request);
        }
        Optional<MediaType> mediaType = request.contentType();
        if (mediaType.isPresent()) {
            for (Reader reader : readers) {
                if (reader.range.includes(mediaType.get())) {
                    return reader.endpoints.select(request);
                }
            }
        }
        return unsupported.forRequest(request);
    }

    /**
     * The target of a request without a media type. Its body goes to the endpoint that takes arbitrary bytes (RFC 9110,
     * section 8.3). If there is no body, the only endpoint gets the request: it may do without.
     */
    private Target selectUntyped(ServerRequest request) {
        for (Reader reader : readers) {
            if (reader.range.includes(MediaType.OCTETS)) {
                return reader.endpoints.select(request);
            }
        }
        return readers.length == 1 && !hasBody(request)
                ? readers[0].endpoints.select(request)
                : unsupported.forRequest(request);
    }

    private static boolean hasBody(ServerRequest request) {
        return request.headers().contains("Transfer-Encoding")
                || request.header("Content-Length")
                        .filter(length -> !length.equals("0"))
                        .isPresent();
    }

    private static String unsupportedDetail(ServerRequest request) {
        return request.contentType()
                .map(type -> "A body of type " + type.type() + "/" + type.subtype() + " isn't read here")
                .orElse("The request has no Content-Type that is a media type");
    }

    @Override
    public List<Target> targets() {
        return targets;
    }

    @Override
    public List<MediaType> bodyTypes() {
        return bodyTypes;
    }

    @Override
    public List<MatchedRoute> routes() {
        return routes;
    }

    @Override
    public List<RouteDescription> describe() {
        return descriptions;
    }
}
