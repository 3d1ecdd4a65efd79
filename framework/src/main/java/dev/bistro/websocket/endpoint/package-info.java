/**
 * Makes endpoints of {@code @WebSocket} classes at startup, and calls their methods while a session lasts. Not API:
 * users write {@code @WebSocket} classes.
 *
 * <p>In come {@code @WebSocket} classes, then handshakes and the messages of sessions; out go routes, calls of the
 * methods, and replies. Begin with {@link dev.bistro.websocket.endpoint.SocketEndpointFactory} for a start, and
 * {@link dev.bistro.websocket.endpoint.SocketEndpoint}, then {@link dev.bistro.websocket.endpoint.SocketHandler} and
 * {@link dev.bistro.websocket.endpoint.SocketMethod} for a session.
 */
package dev.bistro.websocket.endpoint;
