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

/** The default room over WebSocket: {@code /ws?since=}. */
@WebSocket("/ws")
final class LobbySocket {
    private final Rooms rooms;
    private final Conversation conversation;

    @Inject
    LobbySocket(Rooms rooms, Conversation conversation) {
        this.rooms = rooms;
        this.conversation = conversation;
    }

    @OnOpen
    void open(WebSocketSession session, Optional<String> since) {
        conversation.join(session, rooms.lobby(), since);
    }

    @OnMessage
    CompletionStage<Void> say(NewMessage message) {
        return conversation.say(message, rooms.lobby()).thenApply(said -> null); // it comes back as to everybody
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
