package dev.bistro.websocket;

import java.util.Set;

/**
 * Groups of sessions by name, to be injected. A room is there as long as somebody is in it; a session that is closed has left all of its rooms. Any
 * thread may use it.
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
 * <p>A broadcast is encoded once for all, and never waits: a member that doesn't take what is sent is closed by the rules of its session. All members
 * get the broadcasts of a room in the same order.
 */
public interface WebSocketRooms {
    /** Puts a session into a room; one that is closed stays outside. */
    void join(String room, WebSocketSession session);

    /** Takes a session out of a room. */
    void leave(String room, WebSocketSession session);

    /** Sends a text message to all who are in a room. */
    void broadcast(String room, String text);

    /** Sends a binary message to all who are in a room. The array must not be changed from then on. */
    void broadcast(String room, byte[] bytes);

    /** Sends a text message with the value as JSON to all who are in a room. */
    void broadcastJson(String room, Object value);

    /** Who is in a room now. */
    Set<WebSocketSession> members(String room);
}
