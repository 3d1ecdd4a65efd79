package dev.bistro.sample.chat;

import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.Status;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import java.util.concurrent.CompletionStage;

/** The messages of the room that the request's path names: what its subclasses, one for each kind of path, share. */
abstract class MessagesController {
    private final Rooms rooms;
    private final Conversation conversation;

    MessagesController(Rooms rooms, Conversation conversation) {
        this.rooms = rooms;
        this.conversation = conversation;
    }

    /**
     * The messages of the room: a list or, with {@code since} and {@code wait}, what comes after a place, as a list, as
     * events or as lines; and a page for people.
     */
    @Get
    Response<?> messages(Request request) {
        return conversation.messages(rooms.of(request), request);
    }

    /**
     * Says something in the room.
     *
     * @return The message as all get it.
     */
    @Post
    @Status(201)
    @RateLimit(value = "5/s", burst = 100)
    CompletionStage<Message> say(NewMessage message, Request request) {
        return conversation.say(message, rooms.of(request));
    }

    @Post
    @Status(201)
    @RateLimit(value = "5/s", burst = 100)
    @Consumes("application/x-www-form-urlencoded")
    CompletionStage<Message> sayByForm(@FormParam NewMessage message, Request request) {
        return conversation.say(message, rooms.of(request));
    }
}
