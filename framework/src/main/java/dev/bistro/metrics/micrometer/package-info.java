/**
 * What Micrometer's registries and {@code /metrics} tell each other, and the only room that uses Micrometer. Not API.
 *
 * <p>In come a registry of the application's and the figures of the server; the registry gets these as meters, and out
 * go the meters that the application has in it. Begin with {@link dev.bistro.metrics.micrometer.Micrometer}, which is
 * all that is loaded where the library isn't there, {@link dev.bistro.metrics.micrometer.ServerMeters}, which writes
 * into a registry, and {@link dev.bistro.metrics.micrometer.UserMeters}, which reads it.
 */
package dev.bistro.metrics.micrometer;
