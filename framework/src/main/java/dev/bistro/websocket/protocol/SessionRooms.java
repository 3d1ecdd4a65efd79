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

/** Rooms of one server. A room that nobody is in is forgotten: their names may come from clients. */
public final class SessionRooms implements WebSocketRooms {
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    private final Function<Object, byte[]> json;

    /** Who is in a room. Members come and go while others broadcast: a connection that ends mustn't wait for ten thousand others. */
    private static final class Room {
        private final Set<WebSocketSession> members = ConcurrentHashMap.newKeySet();
        /** Held by who broadcasts, and nobody else. */
        private final ReentrantLock order = new ReentrantLock();
    }

    /** That a session is in a room: undone when the session is over. */
    private record Membership(SessionRooms rooms, String room, Session session) implements Runnable {
        @Override
        public void run() {
            rooms.remove(room, session);
        }
    }

    /** @param json writes what is broadcast as JSON */
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
        if (session instanceof Session ours && !ours.atEnd(new Membership(this, room, ours))) {
            remove(room, session);
        }
    }

    @Override
    public void leave(String room, WebSocketSession session) {
        if (session instanceof Session ours) {
            ours.forget(new Membership(this, room, ours));
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

    /** In one order for all, which is what the lock is for; nothing that waits, and nothing of a user's, is done under it. */
    private void broadcast(String room, OutgoingMessage message, Consumer<WebSocketSession> toOther) {
        Room receivers = rooms.get(room);
        if (receivers == null) {
            return;
        }
        var others = new ArrayList<WebSocketSession>(); // a user's own, or mocks
        receivers.order.lock();
        try {
            for (WebSocketSession session : receivers.members) {
                if (session instanceof Session ours) {
                    ours.share(message);
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
