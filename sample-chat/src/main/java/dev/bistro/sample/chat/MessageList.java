package dev.bistro.sample.chat;

import dev.bistro.feed.FeedPage;
import java.util.List;

/**
 * Messages, oldest first.
 *
 * @param next the {@code since} for the messages after these
 * @param reset whether messages are missing before these, since the requested place is no longer known
 */
record MessageList(List<Message> messages, int count, String next, boolean reset) {
    static MessageList of(FeedPage<Posted> page) {
        List<Message> messages = page.items().stream().map(Message::of).toList();
        return new MessageList(messages, messages.size(), page.next(), page.reset());
    }
}
