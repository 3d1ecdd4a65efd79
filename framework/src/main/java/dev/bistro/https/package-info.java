/**
 * Brings clients to HTTPS and keeps them there: redirects requests that came over plain HTTP, and tells browsers to use
 * HTTPS from the start. Not API: users set {@code server.tls.redirect} and {@code server.tls.hsts}.
 *
 * <p>In comes the application; out goes the application with a redirect or a header field around it. Begin with
 * {@link dev.bistro.https.HttpsRedirect}, then {@link dev.bistro.https.HttpsLocation}.
 */
package dev.bistro.https;
