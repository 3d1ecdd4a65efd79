/**
 * The words everyone speaks: requests, responses, headers, methods, statuses, media types. Values; no I/O.
 */
package dev.bistro.http;
