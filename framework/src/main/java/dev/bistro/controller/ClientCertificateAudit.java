package dev.bistro.controller;

import dev.bistro.annotation.ClientCertificate;
import dev.bistro.handler.Verbs;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reports {@code @ClientCertificate} where the server asks no client for a certificate: nobody would ever get through.
 * What is on a class above several controllers is reported once.
 */
final class ClientCertificateAudit {
    private final boolean asksForCertificates;
    private final Problems problems;
    private final Set<Place> reported = new HashSet<>();

    ClientCertificateAudit(boolean asksForCertificates, Problems problems) {
        this.asksForCertificates = asksForCertificates;
        this.problems = problems;
    }

    /** Checks a controller or WebSocket, with all that it inherits. */
    void check(Class<?> type) {
        if (asksForCertificates) {
            return;
        }
        Hierarchy hierarchy = Hierarchy.of(type);
        hierarchy.all().stream()
                .filter(one -> one.isAnnotationPresent(ClientCertificate.class))
                .forEach(one -> add(Place.of(one)));
        hierarchy.methods().stream()
                .filter(method -> !Verbs.of(method).isEmpty())
                .flatMap(method -> Stream.concat(Stream.of(method), hierarchy.overridden(method).stream()))
                .filter(method -> method.isAnnotationPresent(ClientCertificate.class))
                .map((Method method) -> Place.of(method))
                .forEach(this::add);
    }

    private void add(Place place) {
        if (reported.add(place)) {
            problems.add(Problem.of(
                            "certificate-never-asked",
                            "@ClientCertificate needs a certificate, but the server asks no client for one.")
                    .at(place)
                    .cure("Set server.tls.client-auth=want, and server.tls.client-ca; or take the annotation off."));
        }
    }
}
