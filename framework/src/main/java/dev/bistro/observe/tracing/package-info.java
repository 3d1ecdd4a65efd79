/**
 * Not API: spans of OpenTelemetry for requests, the only room that uses its API. The front door asks
 * {@link dev.bistro.observe.tracing.TracingLibrary}, which needs nothing of it, whether it is there, and gives
 * {@link dev.bistro.observe.tracing.Tracing} the application's {@code OpenTelemetry}; begin there. What comes in are
 * requests and what became of them ({@link dev.bistro.http.spi.RequestObserver}), and what goes out are spans.
 */
package dev.bistro.observe.tracing;
