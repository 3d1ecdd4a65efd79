/**
 * The words everyone speaks: requests, responses, headers, methods, statuses, media types, and the two ports that hold the house
 * together ({@link dev.bistro.http.Handler} for the application, {@link dev.bistro.http.Application} for the transport). Values; no I/O.
 */
package dev.bistro.http;
