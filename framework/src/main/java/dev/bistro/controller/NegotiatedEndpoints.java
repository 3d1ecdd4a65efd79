package dev.bistro.controller;

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
 * The endpoints of one route, told apart by media types: first by that of the request's body, of which the most specific range decides, then by what the client
 * accepts. All is laid out at startup; a request walks two short arrays. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12">RFC 9110, section 12</a>
 */
final class NegotiatedEndpoints implements RouteTarget {
    private final Reader[] readers;
    private final boolean looksAtBody;
    private final Target unsupported;
    private final List<Target> targets;
    private final List<MediaType> bodyTypes;
    private final List<RouteDescription> descriptions;

    /** A media type or range of bodies, and what answers those that bring one. */
    private record Reader(MediaType range, AcceptNegotiation answers) {}

    /**
     * @param variants of each, in the order in which they are preferred where a client likes several of them the same
     * @param faults makes what answers those that none is for
     */
    NegotiatedEndpoints(List<EndpointVariant> variants, NegotiationFaults faults) {
        Set<MediaType> ranges = new LinkedHashSet<>();
        variants.forEach(variant -> ranges.addAll(variant.consumes()));
        this.readers = ranges.stream()
                .sorted(Comparator.comparingInt(NegotiatedEndpoints::wildcards))
                .map(range -> new Reader(range, representations(range, variants, faults)))
                .toArray(Reader[]::new);
        this.looksAtBody = readers.length > 1 || !readers[0].range.equals(MediaType.ANY);
        this.bodyTypes = looksAtBody ? List.copyOf(ranges) : List.of();
        this.unsupported =
                faults.target(request -> new UnsupportedMediaTypeException(why(request), request.method(), bodyTypes));
        this.targets = allTargets();
        this.descriptions =
                variants.stream().map(EndpointVariant::description).distinct().toList();
    }

    private static AcceptNegotiation representations(
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
            all.addAll(reader.answers.targets());
        }
        all.add(unsupported);
        return List.copyOf(all);
    }

    /** How much a range leaves open: what leaves less comes first. */
    private static int wildcards(MediaType range) {
        if (range.type().equals("*")) {
            return 3;
        }
        return range.subtype().equals("*") ? 2 : range.isRange() ? 1 : 0;
    }

    @Override
    public Target select(ServerRequest request) {
        if (!looksAtBody) {
            return readers[0].answers.select(request);
        }
        if (request.headers().indexOf("Content-Type", 0) < 0) {
            return ofUntyped(request);
        }
        Optional<MediaType> mediaType = request.contentType();
        if (mediaType.isPresent()) {
            for (Reader reader : readers) {
                if (reader.range.includes(mediaType.get())) {
                    return reader.answers.select(request);
                }
            }
        }
        return unsupported;
    }

    /**
     * Without a media type it is for the one that takes bytes of which nobody knows what they are (RFC 9110, section
     * 8.3); or if there is no body, for the only one there is, which may do without.
     */
    private Target ofUntyped(ServerRequest request) {
        for (Reader reader : readers) {
            if (reader.range.includes(MediaType.OCTETS)) {
                return reader.answers.select(request);
            }
        }
        return readers.length == 1 && !hasBody(request) ? readers[0].answers.select(request) : unsupported;
    }

    private static boolean hasBody(ServerRequest request) {
        return request.headers().contains("Transfer-Encoding")
                || request.header("Content-Length")
                        .filter(length -> !length.equals("0"))
                        .isPresent();
    }

    private static String why(ServerRequest request) {
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
    public List<RouteDescription> describe() {
        return descriptions;
    }
}
