package dev.bistro.websocket.endpoint;

/**
 * The methods of one {@code @WebSocket} object, ready to be called; null for those that it doesn't have.
 *
 * @param open called when a session has begun
 * @param text called with text messages
 * @param binary called with binary messages
 * @param close called when a session is over
 * @param error called with what another method has thrown
 */
record SocketMethods(
        SocketMethod.Bound open,
        SocketMethod.Bound text,
        SocketMethod.Bound binary,
        SocketMethod.Bound close,
        SocketMethod.Bound error) {}
