package dev.bistro.observe;

import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.ServerRequest;
import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/**
 * Puts the request's id, and the trace that it belongs to, into slf4j's {@link MDC} as {@code requestId} and
 * {@code traceId}, while code of the application runs for it: {@code %X{requestId}} in a pattern of Logback shows it.
 * What that code puts there itself, and forgets to take away, ends with it.
 */
public final class LoggingContext implements RequestObserver {
    /** The key of the request's id. */
    public static final String REQUEST_ID = "requestId";

    /** The key of the trace. */
    public static final String TRACE_ID = "traceId";

    private LoggingContext() {}

    /** The context; empty where what logs keeps none. */
    public static Optional<RequestObserver> find() {
        return MDC.getMDCAdapter() == null || MDC.getMDCAdapter() instanceof NOPMDCAdapter
                ? Optional.empty()
                : Optional.of(new LoggingContext());
    }

    /** It has scopes alone, for which no time need be taken. */
    @Override
    public boolean isOn() {
        return false;
    }

    @Override
    public Scope enter(ServerRequest request) {
        Map<String, String> outer = MDC.getCopyOfContextMap(); // most often there is none, which costs nothing
        boolean isEmpty = outer == null || outer.isEmpty();
        MDC.put(REQUEST_ID, request.id());
        Optional<String> trace = request.traceId();
        if (trace.isPresent()) {
            MDC.put(TRACE_ID, trace.get());
        } else if (!isEmpty) {
            MDC.remove(TRACE_ID);
        }
        // all of it becomes what it was: the thread's next request must not be logged as the user of this one
        return isEmpty ? MDC::clear : () -> MDC.setContextMap(outer);
    }
}
