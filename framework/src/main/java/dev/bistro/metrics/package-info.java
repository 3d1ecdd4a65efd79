/**
 * Figures of a running server: counted for each request, read when somebody asks, and written as Prometheus reads them.
 * Not API.
 *
 * <p>In come the requests that the transport tells of ({@link dev.bistro.http.spi.RequestObserver}) and what others
 * have counted; out goes a text. Begin with {@link dev.bistro.metrics.RequestMetrics}, which counts, and {@link
 * dev.bistro.metrics.MetricsFormat}, which writes.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-metrics/">OpenTelemetry's conventions for the
 *     metrics of HTTP</a>
 */
package dev.bistro.metrics;
