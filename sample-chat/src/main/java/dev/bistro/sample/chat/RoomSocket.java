package dev.bistro.sample.chat;

import dev.bistro.annotation.OnClose;
import dev.bistro.annotation.OnError;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.WebSocket;
import dev.bistro.websocket.WebSocketSession;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Any other room over WebSocket: {@code /ws/kitchen?since=}. */
@WebSocket("/ws/{room:[\\p{L}\\p{N}_-]+}")
final class RoomSocket {
    private final Rooms rooms;
    private final Conversation conversation;

    @Inject
    RoomSocket(Rooms rooms, Conversation conversation) {
        this.rooms = rooms;
        this.conversation = conversation;
    }

    @OnOpen
    void open(WebSocketSession session, String room, Optional<String> since) {
        conversation.join(session, rooms.open(room), since);
    }

    @OnMessage
    CompletionStage<Void> say(String room, NewMessage message) {
        return conversation.say(message, rooms.open(room)).thenApply(said -> null); // it comes back as to everybody
    }

    @OnError
    Refusal refuse(Throwable fault) {
        return Refusal.of(fault);
    }

    @OnClose
    void close(WebSocketSession session) {
        conversation.leave(session);
    }
}
