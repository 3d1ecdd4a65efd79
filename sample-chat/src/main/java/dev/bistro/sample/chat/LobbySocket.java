package dev.bistro.sample.chat;

import dev.bistro.annotation.WebSocket;
import jakarta.inject.Inject;

/** The default room over WebSocket: {@code /ws?since=}. */
@WebSocket("/ws")
final class LobbySocket extends ChatSocket {
    @Inject
    LobbySocket(Rooms rooms, Conversation conversation) {
        super(rooms, conversation);
    }
}
