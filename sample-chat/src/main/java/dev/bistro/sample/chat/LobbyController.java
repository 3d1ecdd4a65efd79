package dev.bistro.sample.chat;

import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Status;
import dev.bistro.annotation.Route;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;

/** The messages of the default room. */
@Route("/messages")
final class LobbyController {
    private final Rooms rooms;
    private final Conversation conversation;

    @Inject
    LobbyController(Rooms rooms, Conversation conversation) {
        this.rooms = rooms;
        this.conversation = conversation;
    }

    @Get
    Response<?> messages(Request request) {
        return conversation.messages(rooms.lobby(), "", request);
    }

    @Post
    @Status(201)
    CompletionStage<Message> say(NewMessage message) {
        return conversation.say(message, rooms.lobby());
    }

    @Post
    @Status(201)
    @Consumes("application/x-www-form-urlencoded")
    CompletionStage<Message> sayByForm(@FormParam NewMessage message) {
        return conversation.say(message, rooms.lobby());
    }
}
