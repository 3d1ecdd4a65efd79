package dev.bistro.sample.chat;

import dev.bistro.annotation.Route;
import jakarta.inject.Inject;

/** The messages of the default room. */
@Route("/messages")
final class LobbyController extends MessagesController {
    @Inject
    LobbyController(Rooms rooms, Conversation conversation) {
        super(rooms, conversation);
    }
}
