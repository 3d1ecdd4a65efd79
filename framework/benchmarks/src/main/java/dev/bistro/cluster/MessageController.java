package dev.bistro.cluster;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedItem;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;

/** Messages by long polls and event streams. The answer to a new one comes when it is stored. */
@Route("/messages")
final class MessageController {
    record Message(String text) {}

    private final Feed<String> feed;

    @Inject
    MessageController(Messages messages) {
        feed = messages.feed();
    }

    @Get
    Feed<String> follow() {
        return feed;
    }

    @Post
    CompletionStage<FeedItem<String>> publish(Message message) {
        return feed.publish(message.text());
    }
}
