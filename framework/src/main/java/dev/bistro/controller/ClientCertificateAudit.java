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
        for (Class<?> one : hierarchy.all()) {
            if (one.isAnnotationPresent(ClientCertificate.class)) {
                add(Place.of(one));
            }
        }
        for (Method method : hierarchy.methods()) {
            if (!Verbs.of(method).isEmpty()) {
                check(method);
                hierarchy.overridden(method).forEach(this::check);
            }
        }
    }

    private void check(Method method) {
        if (method.isAnnotationPresent(ClientCertificate.class)) {
            add(Place.of(method));
        }
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
