/**
 * Who may call which route. Not API: users write the annotations, and the authenticators of the room {@code auth}.
 *
 * <p>In come the annotations of routes, at startup, and requests; out go {@link dev.bistro.access.AccessRule}s and the
 * guards that hold them. Begin with {@link dev.bistro.access.AccessRules} for a start, and with
 * {@link dev.bistro.access.LoginGuard} and {@link dev.bistro.access.Logins} for a request.
 */
package dev.bistro.access;
