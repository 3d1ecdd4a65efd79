package dev.bistro.controller;

import dev.bistro.http.MediaType;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.List;
import java.util.Optional;

/** Compares the handlers of one route, two at a time: for every request it has to be clear which one is meant. */
record NegotiationAudit(List<Handler> handlers, Problems problems) {
    void check() {
        for (int i = 0; i < handlers.size(); i++) {
            for (int j = i + 1; j < handlers.size(); j++) {
                check(handlers.get(i), handlers.get(j));
            }
        }
    }

    private void check(Handler one, Handler other) {
        Optional<MediaType> body = common(one.consumes(), other.consumes());
        if (body.isEmpty()) {
            return;
        }
        if (one.produces().contains(Optional.empty()) || other.produces().contains(Optional.empty())) {
            problems.add(problem(one, other, read(body.get()) + "what one of them writes isn't known beforehand")
                    .cure("Write @Produces on both, or @Consumes, with different media types; or remove one of them."));
            return;
        }
        common(types(one), types(other))
                .ifPresent(type -> problems.add(problem(one, other, read(body.get()) + "both write " + type)
                        .cure("Remove one of them, or give it another method or path; or tell them apart by @Produces"
                                + " or @Consumes.")));
    }

    private static List<MediaType> types(Handler handler) {
        return handler.produces().stream().map(Optional::orElseThrow).toList();
    }

    /** A type that both lists have, parameters aside. */
    private static Optional<MediaType> common(List<MediaType> some, List<MediaType> others) {
        return some.stream()
                .filter(type -> others.stream().anyMatch(other -> type.includes(other) && other.includes(type)))
                .findFirst();
    }

    private static String read(MediaType body) {
        return body.equals(MediaType.ANY) ? "" : "both read " + body + ", and ";
    }

    private static Problem problem(Handler one, Handler other, String how) {
        return Problem.of("duplicate-route", one.route() + " is declared twice: " + how + ".")
                .at(one.place())
                .at(other.place());
    }
}
