/**
 * The words of HTTP that all rooms speak: requests, responses, headers, methods, statuses, media types, cookies, and
 * the exceptions that are answered with a status of their own. API. Values without I/O; it uses no other room.
 *
 * <p>In comes the text of header fields, out go values that are checked, and back. Begin with
 * {@link dev.bistro.http.Request}, {@link dev.bistro.http.Response}, {@link dev.bistro.http.Headers} and
 * {@link dev.bistro.http.HttpException}.
 */
package dev.bistro.http;
