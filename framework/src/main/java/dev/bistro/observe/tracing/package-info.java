/**
 * Not API: spans of OpenTelemetry for requests, the only room that uses its API. The front door asks
 * {@link dev.bistro.observe.tracing.TracingLibrary}, which needs nothing of it, whether it is there. What comes in are
 * the application's {@code OpenTelemetry}, and requests with what became of them
 * ({@link dev.bistro.http.spi.RequestObserver}), and what goes out are spans.
 *
 * <p>Begin with {@link dev.bistro.observe.tracing.Tracing}.
 */
package dev.bistro.observe.tracing;
