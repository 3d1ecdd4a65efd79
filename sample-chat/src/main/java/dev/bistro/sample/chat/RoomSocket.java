package dev.bistro.sample.chat;

import dev.bistro.annotation.WebSocket;
import jakarta.inject.Inject;

/** Any other room over WebSocket: {@code /ws/kitchen?since=}. */
@WebSocket("/ws/" + Rooms.NAME)
final class RoomSocket extends ChatSocket {
    @Inject
    RoomSocket(Rooms rooms, Conversation conversation) {
        super(rooms, conversation);
    }
}
