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
 * What a route answers in several media types, of which the client's {@code Accept} chooses one. What there is in one media type only isn't subject to negotiation: it is sent
 * whatever the client accepts (RFC 9110, section 12.4.1).
 */
final class AcceptNegotiation {
    private final List<MediaType> types;
    private final Target[] answers;
    private final Target notAcceptable;

    private AcceptNegotiation(List<MediaType> types, Target[] answers, Target notAcceptable) {
        this.types = types;
        this.answers = answers;
        this.notAcceptable = notAcceptable;
    }

    /** In the order in which they are preferred where a client likes several the same. */
    static AcceptNegotiation of(List<EndpointVariant> variants, NegotiationFaults faults) {
        if (variants.size() == 1) {
            return new AcceptNegotiation(
                    List.of(MediaType.ANY), new Target[] {variants.get(0).target()}, null);
        }
        List<MediaType> types = variants.stream()
                .map(variant -> variant.produces().orElse(MediaType.ANY))
                .toList();
        return new AcceptNegotiation(
                types,
                variants.stream()
                        .map(variant -> new VaryAcceptTarget(variant.target()))
                        .toArray(Target[]::new),
                faults.target(request -> new NotAcceptableException(types)));
    }

    Target select(ServerRequest request) {
        if (answers.length == 1) {
            return answers[0];
        }
        Optional<MediaType> best = Accept.of(request).best(types);
        return best.isPresent() ? answers[types.indexOf(best.get())] : notAcceptable;
    }

    List<Target> targets() {
        var targets = new ArrayList<>(List.of(answers));
        if (notAcceptable != null) {
            targets.add(notAcceptable);
        }
        return targets;
    }
}
