/**
 * WebSocket (RFC 6455) on a connection that HTTP/1.1 has handed over: frames (syntax), messages (rules), sessions and
 * their handlers, and compression (RFC 7692). Not API: users write against {@code dev.bistro.websocket}.
 *
 * <p>In: a request that asks for a WebSocket, then the bytes of its connection. Out: calls of a
 * {@link dev.bistro.websocket.protocol.SessionHandler}, and the frames that the session sends. Begin with
 * {@link dev.bistro.websocket.protocol.OpeningHandshake}, then {@code WebSocketConnection}, which shows the states and
 * both queues, {@code FrameReader} with {@code MessageReader} for what comes in, and {@code SendQueue} for what goes
 * out.
 */
package dev.bistro.websocket.protocol;
