package dev.bistro.feed;

import java.util.Optional;
import java.util.function.Function;

/**
 * A feed as an answer, with items and lists that look other than usual. Immutable; what the methods return is a copy. A controller that returns a {@code Feed} means
 * {@code FeedResponse.of(feed)}.
 *
 * <pre>{@code
 * return FeedResponse.of(feed)
 *         .withItems(item -> new Message(item.id(), item.data().text()))
 *         .withList(page -> new MessageList(page.items().stream().map(Message::of).toList(), page.next(), page.reset()));
 * }</pre>
 *
 * <p>What is made of an item is kept with it, by function: so give the same function each time, as a lambda that captures nothing does by itself.
 *
 * @param <T> the type of what is published
 */
public final class FeedResponse<T> {
    private final Feed<T> feed;
    private final Optional<Function<? super FeedItem<T>, ?>> items;
    private final Optional<Function<? super FeedPage<T>, ?>> list;

    private FeedResponse(
            Feed<T> feed,
            Optional<Function<? super FeedItem<T>, ?>> items,
            Optional<Function<? super FeedPage<T>, ?>> list) {
        this.feed = feed;
        this.items = items;
        this.list = list;
    }

    /** The feed as it is usually written. */
    public static <T> FeedResponse<T> of(Feed<T> feed) {
        return new FeedResponse<>(feed, Optional.empty(), Optional.empty());
    }

    /** With what a function makes of an item as the data of an event, as a line, and as an element of the list. */
    public FeedResponse<T> withItems(Function<? super FeedItem<T>, ?> function) {
        return new FeedResponse<>(feed, Optional.of(function), list);
    }

    /** With what a function makes of a page as the list. A client needs {@link FeedPage#next} and {@link FeedPage#reset}, or the ids of the items. */
    public FeedResponse<T> withList(Function<? super FeedPage<T>, ?> function) {
        return new FeedResponse<>(feed, items, Optional.of(function));
    }

    /** The feed. */
    public Feed<T> feed() {
        return feed;
    }

    /** What is written for an item, if something else is. */
    public Optional<Function<? super FeedItem<T>, ?>> items() {
        return items;
    }

    /** What is written for a page, if something else is. */
    public Optional<Function<? super FeedPage<T>, ?>> list() {
        return list;
    }
}
