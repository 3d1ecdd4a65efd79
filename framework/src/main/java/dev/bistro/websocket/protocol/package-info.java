/**
 * RFC 6455 on a connection that HTTP/1.1 has handed over: frames (syntax), messages (rules), sessions and their handlers, compression (RFC 7692).
 * For the framework itself: nothing here is exported.
 * Not API: users write against {@code dev.bistro.websocket}.
 */
package dev.bistro.websocket.protocol;
