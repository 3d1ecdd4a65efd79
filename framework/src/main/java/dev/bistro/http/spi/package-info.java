/**
 * What a transport and an application know of each other: the application finds a target for a request, and the target
 * answers with a payload. Not API: users write against {@code dev.bistro.http}.
 *
 * <p>In comes a {@link dev.bistro.http.spi.ServerRequest} whose head is complete; out goes a response whose body is a
 * payload. Begin with {@link dev.bistro.http.spi.Application}, then {@link dev.bistro.http.spi.Target},
 * {@link dev.bistro.http.spi.ServerRequest} and {@link dev.bistro.http.spi.PulledPayload}.
 */
package dev.bistro.http.spi;
