/**
 * HTTP/1.1: bytes to requests, and responses to bytes; framing, keep-alive and pipelining. Not API: its types are
 * public for the front door only.
 *
 * <p>Connections come in from {@code net}, which calls {@code Http1Connection}. Requests go out to the
 * targets of the {@link dev.bistro.http.spi.Application}, and their responses go back as bytes.
 *
 * <p>Begin with {@code Http1Connection} (the stages of a connection), then {@code RequestParser} and {@code
 * RequestHead} (what a request is), {@code Exchange} (one request and its answer), and {@code ResponseWriter}.
 */
package dev.bistro.http1;
