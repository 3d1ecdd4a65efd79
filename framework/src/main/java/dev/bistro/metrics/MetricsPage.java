package dev.bistro.metrics;

import dev.bistro.http.Accept;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * The metrics as a page.
 *
 * @param families reads them at that moment
 */
public record MetricsPage(Supplier<List<MetricFamily>> families) {
    /** Where it is. */
    public static final String PATH = "/metrics";

    /** Answers with the metrics in the format that the client likes. */
    public Response<Payload> answer(ServerRequest request) {
        MetricsFormat format = format(request);
        byte[] bytes = format.write(families.get()).getBytes(StandardCharsets.UTF_8);
        Headers headers = Headers.of(
                "Content-Type", format.mediaType().toString(), "Cache-Control", "no-store", "Vary", "Accept");
        return Response.of(Status.OK, headers, new BytesPayload(bytes));
    }

    /** OpenMetrics where the client names it and likes it no less; else the format that all can read. */
    private static MetricsFormat format(ServerRequest request) {
        List<MediaType> offered = List.of(MetricsFormat.PROMETHEUS.mediaType(), MetricsFormat.OPEN_METRICS.mediaType());
        return Accept.of(request)
                .best(offered)
                .filter(MetricsFormat.OPEN_METRICS.mediaType()::equals)
                .map(best -> MetricsFormat.OPEN_METRICS)
                .orElse(MetricsFormat.PROMETHEUS);
    }
}
