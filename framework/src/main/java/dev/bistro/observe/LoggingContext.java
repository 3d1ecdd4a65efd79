package dev.bistro.observe;

import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.ServerRequest;
import java.util.Optional;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/**
 * Puts the request's id, and the trace that it belongs to, into slf4j's {@link MDC} as {@code requestId} and
 * {@code traceId}, while code of the application runs for it: {@code %X{requestId}} in a pattern of Logback shows it.
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
        String outerId = MDC.get(REQUEST_ID);
        MDC.put(REQUEST_ID, request.id());
        Optional<String> trace = request.traceId();
        if (trace.isEmpty()) {
            return () -> set(REQUEST_ID, outerId);
        }
        String outerTrace = MDC.get(TRACE_ID);
        MDC.put(TRACE_ID, trace.get());
        return () -> {
            set(TRACE_ID, outerTrace);
            set(REQUEST_ID, outerId);
        };
    }

    private static void set(String key, String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
