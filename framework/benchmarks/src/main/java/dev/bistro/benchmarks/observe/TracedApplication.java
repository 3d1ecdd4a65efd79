package dev.bistro.benchmarks.observe;

import dev.bistro.Bistro;
import dev.bistro.benchmarks.server.BenchmarkApplication;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collection;

/**
 * The endpoints of {@link BenchmarkApplication} with a span for each request. The first argument is the part of the
 * requests that are sampled: 1 for all, 0.01 for one in a hundred. Spans go to an exporter that forgets them.
 */
public final class TracedApplication {
    private TracedApplication() {}

    public static void main(String[] args) {
        OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(Sampler.traceIdRatioBased(Double.parseDouble(args[0])))
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(new Forgetting()).build())
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
        Bistro.app(BenchmarkApplication.class)
                .with(OpenTelemetry.class, telemetry)
                .args(java.util.Arrays.copyOfRange(args, 1, args.length))
                .start();
    }

    /** Exports spans to nowhere. */
    private static final class Forgetting implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
