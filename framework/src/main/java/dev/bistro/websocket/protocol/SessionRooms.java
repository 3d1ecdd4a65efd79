package dev.bistro.websocket.protocol;

import dev.bistro.websocket.WebSocketRooms;
import dev.bistro.websocket.WebSocketSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** The rooms of one server. An empty room is removed at once, since names of rooms may come from clients. */
public final class SessionRooms implements WebSocketRooms {
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    private final Function<Object, byte[]> json;

    /**
     * A room and its members. They join and leave while somebody broadcasts: a connection that ends must not wait until
     * ten thousand others have been served.
     */
    private static final class Room {
        private final Set<WebSocketSession> members = ConcurrentHashMap.newKeySet();
        /** Held by broadcasts only: it gives all members the same order. */
        private final ReentrantLock order = new ReentrantLock();
    }

    /** A session's membership of a room; running it ends the membership, when the session ends. */
    private record Membership(SessionRooms rooms, String room, Session session) implements Runnable {
        @Override
        public void run() {
            rooms.remove(room, session);
        }
    }

    /**
     * No rooms yet.
     *
     * @param json encodes what is broadcast as JSON
     */
    public SessionRooms(Function<Object, byte[]> json) {
        this.json = json;
    }

    @Override
    public void join(String room, WebSocketSession session) {
        rooms.compute(room, (name, present) -> {
            Room joined = present == null ? new Room() : present;
            joined.members.add(session);
            return joined;
        });
        if (session instanceof Session ours && !ours.addEndAction(new Membership(this, room, ours))) {
            remove(room, session);
        }
    }

    @Override
    public void leave(String room, WebSocketSession session) {
        if (session instanceof Session ours) {
            ours.removeEndAction(new Membership(this, room, ours));
        }
        remove(room, session);
    }

    private void remove(String room, WebSocketSession session) {
        rooms.computeIfPresent(room, (name, left) -> {
            left.members.remove(session);
            return left.members.isEmpty() ? null : left;
        });
    }

    @Override
    public void broadcast(String room, String text) {
        var message = new OutgoingMessage(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
        broadcast(room, message, session -> session.send(text));
    }

    @Override
    public void broadcast(String room, byte[] bytes) {
        broadcast(room, new OutgoingMessage(Opcode.BINARY, bytes), session -> session.send(bytes));
    }

    @Override
    public void broadcastJson(String room, Object value) {
        broadcast(room, new OutgoingMessage(Opcode.TEXT, json.apply(value)), session -> session.sendJson(value));
    }

    /** Sends in the same order to all members, by the lock. No code that waits, and none of a user's, runs under it. */
    private void broadcast(String room, OutgoingMessage message, Consumer<WebSocketSession> toOther) {
        Room receivers = rooms.get(room);
        if (receivers == null) {
            return;
        }
        var others = new ArrayList<WebSocketSession>(); // a user's own implementations, such as mocks
        receivers.order.lock();
        try {
            for (WebSocketSession session : receivers.members) {
                if (session instanceof Session ours) {
                    ours.sendShared(message);
                } else {
                    others.add(session);
                }
            }
        } finally {
            receivers.order.unlock();
        }
        others.forEach(toOther);
    }

    @Override
    public Set<WebSocketSession> members(String room) {
        Room present = rooms.get(room);
        return present == null ? Set.of() : Set.copyOf(present.members);
    }
}
