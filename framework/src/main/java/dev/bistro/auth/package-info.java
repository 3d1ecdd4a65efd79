/**
 * Who sends a request: authenticators, which the application writes, and the logins that they give.
 *
 * <p>In comes a request; out goes a {@link dev.bistro.auth.Login}, a principal with roles. Begin with
 * {@link dev.bistro.auth.Authenticator}. Which routes need a login is said by annotations, and decided in the room
 * {@code access}.
 */
package dev.bistro.auth;
