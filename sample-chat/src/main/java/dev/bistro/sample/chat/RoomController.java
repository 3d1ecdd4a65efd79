package dev.bistro.sample.chat;

import dev.bistro.annotation.Route;
import jakarta.inject.Inject;

/** The messages of any other room. */
@Route("/rooms/" + Rooms.NAME + "/messages")
final class RoomController extends MessagesController {
    @Inject
    RoomController(Rooms rooms, Conversation conversation) {
        super(rooms, conversation);
    }
}
