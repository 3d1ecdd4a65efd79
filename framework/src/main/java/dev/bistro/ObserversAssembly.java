package dev.bistro;

import dev.bistro.http.spi.RequestObserver;
import dev.bistro.lifecycle.Lifecycle;
import dev.bistro.observe.AccessLog;
import dev.bistro.observe.LoggingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together what is told of each request. */
final class ObserversAssembly {
    private ObserversAssembly() {}

    /**
     * All of them, in the order in which they are told. The access log is closed when all requests are answered, and no
     * hook has ended its file yet.
     */
    static List<RequestObserver> open(
            ServerSettings server, Optional<MetricsAssembly> metrics, Extensions extensions, Lifecycle lifecycle) {
        var observers = new ArrayList<RequestObserver>();
        TracingAssembly.observer(extensions).ifPresent(observers::add); // first, since others ask for the trace
        FlightAssembly.observer().ifPresent(observers::add);
        metrics.map(MetricsAssembly::observer).ifPresent(observers::add);
        LoggingContext.find().ifPresent(observers::add);
        AccessLog.open(server.accessLog()).ifPresent(log -> {
            lifecycle.beforeHooks("The access log", log::close);
            observers.add(log);
            metrics.ifPresent(on -> on.setAccessLog(log));
        });
        return observers;
    }
}
