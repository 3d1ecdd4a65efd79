package dev.bistro;

import static dev.bistro.metrics.MetricFamily.counter;
import static dev.bistro.metrics.MetricFamily.gauge;
import static dev.bistro.metrics.MetricFamily.total;
import static dev.bistro.metrics.MetricFamily.value;

import dev.bistro.http1.Http1;
import dev.bistro.metrics.Labels;
import dev.bistro.metrics.MetricFamily;
import dev.bistro.metrics.MetricFamily.Sample;
import dev.bistro.net.NetStatistics;
import dev.bistro.tls.CertificateStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What is counted of a server's sockets and threads, as metrics. */
final class ServerFigures {
    private static final String REASON = "reason";
    private static final String KIND = "kind";

    private ServerFigures() {}

    static List<MetricFamily> families(Transport.Sockets open) {
        NetStatistics net = open.net().statistics();
        Http1.Statistics http = open.http().statistics();
        var families = new ArrayList<>(families(ServerStatistics.of(net, http)));
        families.add(counter(
                "bistro_timed_out_connections",
                "Connections that were closed, since their client was too slow, by what it was to do.",
                total(KIND, "idle", net.idle()),
                total(KIND, "head", http.lateHeads()),
                total(KIND, "body", http.lateBodies()),
                total(KIND, "handshake", net.openingTimeouts()),
                total(KIND, "slow_reader", net.slowReaders())));
        families.add(gauge("bistro_websocket_sessions", "WebSockets that are open.", value(net.takenOver())));
        open.tls()
                .ifPresent(listener ->
                        families.addAll(tlsFamilies(net, listener.tls().certificates())));
        return families;
    }

    private static List<MetricFamily> tlsFamilies(NetStatistics net, List<CertificateStatus> certificates) {
        Sample[] handshakes = net.tlsHandshakes().entrySet().stream()
                .map(version -> total("tls_protocol_version", number(version.getKey()), version.getValue()))
                .toArray(Sample[]::new);
        return List.of(
                counter("bistro_tls_handshakes", "TLS handshakes that succeeded, by version.", handshakes),
                counter(
                        "bistro_tls_failed_handshakes",
                        "TLS handshakes that clients began, and that failed.",
                        total(net.failedTlsHandshakes())),
                MetricFamily.of(
                        "bistro_tls_certificate_not_after_timestamp_seconds",
                        MetricFamily.Kind.GAUGE,
                        "Until when a certificate is valid, since 1970.",
                        expiries(certificates)));
    }

    /** OpenTelemetry's spelling of a version: 1.3 for TLSv1.3. */
    private static String number(String version) {
        return version.replaceFirst("^TLSv", "");
    }

    /** By a certificate's first name and its kind of key; the earliest of those that have these in common. */
    private static List<Sample> expiries(List<CertificateStatus> certificates) {
        var earliest = new LinkedHashMap<Labels, Double>();
        for (CertificateStatus certificate : certificates) {
            String name = certificate.names().stream().findFirst().orElse("");
            Labels labels = Labels.of("name", name).and("key_type", certificate.keyType());
            earliest.merge(labels, (double) certificate.notAfter().getEpochSecond(), Math::min);
        }
        return earliest.entrySet().stream()
                .map(expiry -> new Sample("", expiry.getKey(), expiry.getValue()))
                .toList();
    }

    private static List<MetricFamily> families(ServerStatistics now) {
        return List.of(
                gauge("bistro_open_connections", "Connections that are open.", value(now.openConnections())),
                counter(
                        "bistro_accepted_connections",
                        "Connections that were ever accepted.",
                        total(now.acceptedConnections())),
                counter(
                        "bistro_closed_connections",
                        "Connections that the server closed or refused, by reason.",
                        total(REASON, "address", now.refusedByAddress()),
                        total(REASON, "evicted", now.evictedConnections()),
                        total(REASON, "handshake", now.failedHandshakes()),
                        total(REASON, "slow_reader", now.slowReaders()),
                        total(REASON, "memory", now.cutForMemory()),
                        total(REASON, "fault", now.failedConnections())),
                gauge(
                        "bistro_handled_requests",
                        "Requests that run on threads of their own, or wait without one.",
                        value(now.requestsUnderWay())),
                counter(
                        "bistro_refused_requests",
                        "Requests that were answered 503, by what there was no room in.",
                        total(REASON, "number", now.refusedForNumber()),
                        total(REASON, "threads", now.refusedForThreads()),
                        total(REASON, "memory", now.refusedForMemory())),
                counter(
                        "bistro_stuck_handlers",
                        "Handlers that ran for longer than server.stuck-after.",
                        total(now.stuckHandlers())),
                gauge(
                        "bistro_stuck_handlers_current",
                        "Handlers that run for longer than server.stuck-after.",
                        value(now.stuckHandlersNow())),
                counter(
                        "bistro_blocked_loops",
                        "Event loops that were taken away from a handler that blocked them.",
                        total(now.blockedLoops())),
                gauge("bistro_workers", "Threads that run event loops, or are ready to.", value(now.workers())),
                gauge(
                        "bistro_handler_threads",
                        "Pooled threads for handlers that wait; none from Java 21 on.",
                        value(now.handlerThreads())),
                gauge("bistro_queued_handlers", "Handlers that wait for a thread.", value(now.queuedHandlers())),
                gauge("bistro_buffered_bytes", "Memory that is held for clients.", value(now.bufferedBytes())),
                gauge("bistro_buffered_max_bytes", "How much this may be.", value(now.maxBufferedBytes())));
    }
}
