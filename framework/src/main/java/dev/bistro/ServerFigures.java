package dev.bistro;

import static dev.bistro.metrics.MetricFamily.counter;
import static dev.bistro.metrics.MetricFamily.gauge;
import static dev.bistro.metrics.MetricFamily.total;
import static dev.bistro.metrics.MetricFamily.value;

import dev.bistro.metrics.MetricFamily;
import java.util.List;

/** The statistics of a server as metrics. */
final class ServerFigures {
    private static final String REASON = "reason";

    private ServerFigures() {}

    static List<MetricFamily> families(ServerStatistics now) {
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
