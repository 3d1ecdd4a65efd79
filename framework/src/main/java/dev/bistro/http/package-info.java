/**
 * The words everyone speaks: requests, responses, headers, methods, statuses, media types, and the port between
 * a transport and an application ({@link dev.bistro.http.Application}). Values; no I/O.
 */
package dev.bistro.http;
