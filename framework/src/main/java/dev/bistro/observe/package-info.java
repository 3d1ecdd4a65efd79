/**
 * Not API: what others see of the requests, from outside of the application. It is told of each request by the
 * transport ({@link dev.bistro.http.spi.RequestObserver}), and puts what it learns where people look.
 *
 * <p>Begin with {@link dev.bistro.observe.LoggingContext}, which is small, and {@link dev.bistro.observe.AccessLog}.
 */
package dev.bistro.observe;
