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

/** The messages of any other room. */
@Route("/rooms/{room:[\\p{L}\\p{N}_-]+}/messages")
final class RoomController {
    private final Rooms rooms;
    private final Conversation conversation;

    @Inject
    RoomController(Rooms rooms, Conversation conversation) {
        this.rooms = rooms;
        this.conversation = conversation;
    }

    @Get
    Response<?> messages(String room, Request request) {
        return conversation.messages(rooms.open(room), room, request);
    }

    @Post
    @Status(201)
    CompletionStage<Message> say(String room, NewMessage message) {
        return conversation.say(message, rooms.open(room));
    }

    @Post
    @Status(201)
    @Consumes("application/x-www-form-urlencoded")
    CompletionStage<Message> sayByForm(String room, @FormParam NewMessage message) {
        return conversation.say(message, rooms.open(room));
    }
}
