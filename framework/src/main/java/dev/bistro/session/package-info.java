/**
 * Sessions: what an application remembers of a browser from one request to the next. In comes a request; out goes its
 * {@link dev.bistro.session.Session}. Begin with {@link dev.bistro.session.Session}, then
 * {@link dev.bistro.session.SessionStore} for keeping them on the server.
 */
package dev.bistro.session;
