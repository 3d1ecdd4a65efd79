package dev.bistro.websocket;

import java.util.Set;

/**
 * Groups of sessions by name, to be injected. A room exists as long as it has a member; a session that is closed has
 * left all of its rooms. Any thread may use it.
 *
 * <pre>{@code
 * @WebSocket("/ws/{room}")
 * final class ChatSocket {
 *     private final WebSocketRooms rooms;
 *
 *     @Inject
 *     ChatSocket(WebSocketRooms rooms) { this.rooms = rooms; }
 *
 *     @OnOpen
 *     void open(WebSocketSession session, String room) { rooms.join(room, session); }
 *
 *     @OnMessage
 *     void message(String text, String room) { rooms.broadcast(room, text); }
 * }
 * }</pre>
 *
 * <p>A broadcast is encoded once for all members. It never waits: a member that is too slow is closed, by the rules of
 * {@link WebSocketSession}. All members get the broadcasts of a room in the same order.
 */
public interface WebSocketRooms {
    /** Puts a session into a room. Does nothing if the session is closed. */
    void join(String room, WebSocketSession session);

    /** Takes a session out of a room. */
    void leave(String room, WebSocketSession session);

    /** Sends a text message to all members of a room. */
    void broadcast(String room, String text);

    /** Sends a binary message to all members of a room. The array must not be changed from then on. */
    void broadcast(String room, byte[] bytes);

    /** Sends a text message with the value as JSON to all members of a room. */
    void broadcastJson(String room, Object value);

    /** The members of a room at this moment; a copy. */
    Set<WebSocketSession> members(String room);
}
