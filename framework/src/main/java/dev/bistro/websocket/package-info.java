/**
 * WebSocket sessions as an application sees them. API; the protocol behind it is in {@code websocket.protocol}.
 *
 * <p>In: messages, closes and attributes from the application's code. Out: stages that say when a message has been
 * sent. Begin with {@link dev.bistro.websocket.WebSocketSession}, then {@link dev.bistro.websocket.WebSocketRooms} and
 * {@link dev.bistro.websocket.CloseReason}.
 */
package dev.bistro.websocket;
