/**
 * Keeps sessions: in encrypted cookies, or in a store. Not API: users see {@code dev.bistro.session}.
 *
 * <p>In comes a request with its cookies; out goes its session, and later the header fields of its answer. Begin with
 * {@link dev.bistro.session.state.RequestSessions}, then {@link dev.bistro.session.state.RequestSession};
 * {@link dev.bistro.session.state.CookieKeeper} and {@link dev.bistro.session.state.StoreKeeper} are the two places,
 * and {@link dev.bistro.session.state.CookieSeal} is the format of cookies.
 */
package dev.bistro.session.state;
