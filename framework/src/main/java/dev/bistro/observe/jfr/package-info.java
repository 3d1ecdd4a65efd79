/**
 * Not API: events of Java's Flight Recorder, the only room that uses the module {@code jdk.jfr}. The front door asks
 * {@link dev.bistro.observe.jfr.FlightRecorder}, which needs nothing of it, whether it is there. What comes in are
 * requests, handlers that don't end ({@link dev.bistro.http.spi.RequestObserver}) and loops that were taken away, and
 * what goes out are events.
 *
 * <p>Begin with {@link dev.bistro.observe.jfr.FlightEvents}.
 */
package dev.bistro.observe.jfr;
