package dev.bistro.observe.jfr;

import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Status;
import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.observe.SecretParameters;
import java.util.stream.Collectors;

/**
 * Writes events for those who record: one for each request, each hand-over and each stuck handler. While nobody does,
 * nothing is noted of a request.
 */
public final class FlightEvents implements RequestObserver {
    /** What the names of the events begin with. */
    static final String PREFIX = "dev.bistro.";

    /** Begins with the next request. */
    public FlightEvents() {}

    /**
     * The runtime makes the event nothing until somebody records it. Before anybody has recorded anything, the class of
     * the event isn't even asked: that would load the whole recorder for the first request.
     */
    @Override
    public boolean isOn() {
        return isInUse() && new RequestEvent().isEnabled();
    }

    /** Whether anybody has begun to record since the process started. */
    private static boolean isInUse() {
        return jdk.jfr.FlightRecorder.isInitialized();
    }

    @Override
    public void onRequest(ServerRequest request) {
        if (!isOn()) {
            return;
        }
        var event = new RequestEvent();
        if (event.isEnabled()) {
            event.begin();
            request.keep(this, event);
        }
    }

    @Override
    public void onAnswered(Answered answered) {
        answered.request()
                .ifPresent(
                        request -> request.kept(this).ifPresent(event -> end((RequestEvent) event, request, answered)));
    }

    private static void end(RequestEvent event, ServerRequest request, Answered answered) {
        event.end();
        if (event.shouldCommit()) {
            event.requestId = request.id();
            event.method = request.method().name();
            event.route = route(request);
            event.path = SecretParameters.maskAddress(request.path());
            event.status = answered.status().map(Status::code).orElse(0);
            event.bytes = answered.bodyBytes();
            event.complete = answered.isComplete();
            event.commit();
        }
    }

    @Override
    public void onHandOver(HandOver handOver) {
        if (!isInUse()) {
            return;
        }
        var event = new HandOverEvent();
        if (event.shouldCommit()) {
            event.loop = handOver.loop();
            event.heldUp = handOver.thread();
            handOver.request().ifPresent(answered -> {
                event.requestId = answered.id();
                event.method = answered.method().name();
                event.route = route(answered);
            });
            event.commit();
        }
    }

    @Override
    public void onStuck(StuckHandler handler) {
        if (!isInUse()) {
            return;
        }
        var event = new StuckHandlerEvent();
        if (event.shouldCommit()) {
            event.requestId = handler.request().id();
            event.method = handler.request().method().name();
            event.route = route(handler.request());
            event.stuck = handler.thread();
            event.atLeast = handler.atLeast().toNanos();
            event.stack =
                    handler.stack().stream().map(StackTraceElement::toString).collect(Collectors.joining("\n"));
            event.commit();
        }
    }

    /** Null for none, as events have it. */
    private static String route(ServerRequest request) {
        return request.route().map(MatchedRoute::template).orElse(null);
    }
}
