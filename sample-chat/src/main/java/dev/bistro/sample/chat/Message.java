package dev.bistro.sample.chat;

import dev.bistro.feed.FeedItem;
import java.time.Instant;

/**
 * A message as clients get it.
 *
 * @param id its place in the room; {@code ?since=} with it gives the messages after this one
 * @param user who said it
 * @param text what was said
 * @param time when it was posted
 */
record Message(String id, String user, String text, Instant time) {
    static Message of(FeedItem<Posted> item) {
        Posted post = item.data();
        return new Message(item.id(), post.user(), post.text(), post.time());
    }
}
