package dev.bistro.metrics;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** The histograms of a route, or of all that had none, by method and status; made as they are needed, by any thread. */
final class RouteSeries {
    /** In place of a status, where the client had gone before there was one. */
    static final int NO_STATUS = 0;

    private static final int FIRST_STATUS = 100;
    private static final int LAST_STATUS = 599;
    private static final int SLOTS = LAST_STATUS - FIRST_STATUS + 2; // the first is for no status

    private final AtomicReferenceArray<AtomicReferenceArray<Histogram>> byMethod =
            new AtomicReferenceArray<>(MethodLabels.COUNT);
    private final Visitor whenMade;

    /** Visits each histogram that is made, once. */
    RouteSeries(Visitor whenMade) {
        this.whenMade = whenMade;
    }

    /** What is done with each histogram. */
    @FunctionalInterface
    interface Visitor {
        void visit(int method, int status, Histogram histogram);
    }

    /** The histogram of a method and a status; statuses that HTTP doesn't have count as none. */
    Histogram histogram(int method, int status) {
        AtomicReferenceArray<Histogram> byStatus = byMethod.get(method);
        if (byStatus == null) {
            byMethod.compareAndSet(method, null, new AtomicReferenceArray<>(SLOTS));
            byStatus = byMethod.get(method);
        }
        int slot = status < FIRST_STATUS || status > LAST_STATUS ? 0 : status - FIRST_STATUS + 1;
        Histogram known = byStatus.get(slot);
        return known != null ? known : make(byStatus, method, slot);
    }

    private Histogram make(AtomicReferenceArray<Histogram> byStatus, int method, int slot) {
        if (byStatus.compareAndSet(slot, null, new Histogram())) {
            whenMade.visit(method, status(slot), byStatus.get(slot));
        }
        return byStatus.get(slot);
    }

    private static int status(int slot) {
        return slot == 0 ? NO_STATUS : slot + FIRST_STATUS - 1;
    }

    /** Visits all histograms that there are, in order. */
    void each(Visitor visitor) {
        for (int method = 0; method < byMethod.length(); method++) {
            AtomicReferenceArray<Histogram> byStatus = byMethod.get(method);
            for (int slot = 0; byStatus != null && slot < SLOTS; slot++) {
                Histogram histogram = byStatus.get(slot);
                if (histogram != null) {
                    visitor.visit(method, status(slot), histogram);
                }
            }
        }
    }
}
