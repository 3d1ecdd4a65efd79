package dev.bistro.sample.chat;

import dev.bistro.annotation.OnClose;
import dev.bistro.annotation.OnError;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.RateLimit;
import dev.bistro.websocket.WebSocketSession;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A room over WebSocket, the one that the path names: what its subclasses, one for each kind of path, share. */
abstract class ChatSocket {
    private final Rooms rooms;
    private final Conversation conversation;

    ChatSocket(Rooms rooms, Conversation conversation) {
        this.rooms = rooms;
        this.conversation = conversation;
    }

    @OnOpen
    void open(WebSocketSession session, Optional<String> since) {
        conversation.join(session, rooms.of(session.request()), since);
    }

    @OnMessage
    @RateLimit(value = "5/s", burst = 100)
    CompletionStage<Void> say(NewMessage message, WebSocketSession session) {
        // the message comes back to the session as it goes to all others, so this needs no reply
        return conversation.say(message, rooms.of(session.request())).thenApply(said -> null);
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
