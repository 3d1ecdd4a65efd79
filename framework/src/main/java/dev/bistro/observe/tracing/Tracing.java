package dev.bistro.observe.tracing;

import dev.bistro.http.Status;
import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.ServerRequest;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;

/**
 * A span for each request, from its head to the last byte of its answer, in the trace that the client's header fields
 * name. The span is current wherever code of the application runs for the request, and its trace is the request's.
 *
 * <pre>
 *   onRequest: the span begins ─▶ enter: it is current, on each thread ─▶ onAnswered: it ends, however that came about
 * </pre>
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">The semantic conventions for HTTP</a>
 */
public final class Tracing implements RequestObserver {
    private static final String SCOPE = "dev.bistro";
    private static final int FIRST_SERVER_ERROR = 500;

    private final Tracer tracer;
    private final TextMapPropagator propagator;

    private Tracing(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer(SCOPE);
        this.propagator = telemetry.getPropagators().getTextMapPropagator();
    }

    /** Traces by the application's bean, an object of the {@linkplain TracingLibrary#beanType type} for that. */
    public static RequestObserver by(Object telemetry) {
        return new Tracing((OpenTelemetry) telemetry);
    }

    @Override
    public void onRequest(ServerRequest request) {
        Context parent = propagator.extract(Context.root(), request, HeaderFields.GETTER);
        Span span = RequestAttributes.begun(tracer.spanBuilder(RequestAttributes.spanName(request)), request)
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent)
                .startSpan();
        request.keep(this, parent.with(span));
        SpanContext known = span.getSpanContext();
        if (known.isValid()) { // it isn't where nothing is traced and the client has no trace either
            request.setTraceId(known.getTraceId());
        }
    }

    @Override
    public Scope enter(ServerRequest request) {
        Object context = request.kept(this).orElse(null);
        return context == null ? Scope.NONE : ((Context) context).makeCurrent()::close;
    }

    @Override
    public void onAnswered(Answered answered) {
        answered.request()
                .flatMap(request -> request.kept(this))
                .ifPresent(context -> end(Span.fromContext((Context) context), answered));
    }

    private static void end(Span span, Answered answered) {
        if (span.isRecording() && answered.status().isPresent()) {
            Status status = answered.status().get();
            span.setAttribute(RequestAttributes.STATUS, (long) status.code());
            if (status.code() >= FIRST_SERVER_ERROR) {
                span.setAttribute(RequestAttributes.ERROR, Integer.toString(status.code()));
                span.setStatus(StatusCode.ERROR);
            }
        }
        span.end();
    }
}
