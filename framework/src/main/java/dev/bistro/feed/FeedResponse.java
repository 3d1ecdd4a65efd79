package dev.bistro.feed;

import java.util.Optional;
import java.util.function.Function;

/**
 * A feed as a response whose items and lists can be given another form. Immutable; the methods return changed copies. A
 * controller that returns a {@code Feed} means {@code FeedResponse.of(feed)}.
 *
 * <pre>{@code
 * return FeedResponse.of(feed)
 *         .withItems(item -> new Message(item.id(), item.data().text()))
 *         .withList(page -> new MessageList(
 *                 page.items().stream().map(Message::of).toList(), page.next(), page.reset()));
 * }</pre>
 *
 * <p>The encoded form of an item is kept with it, by function. So pass the same function each time: a lambda that
 * captures nothing is always the same.
 *
 * @param <T> the type of the published data
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

    /** The feed in its usual form. */
    public static <T> FeedResponse<T> of(Feed<T> feed) {
        return new FeedResponse<>(feed, Optional.empty(), Optional.empty());
    }

    /**
     * A copy whose items are what a function makes of them: as the data of an event, as a line, and as an element of a
     * list.
     */
    public FeedResponse<T> withItems(Function<? super FeedItem<T>, ?> function) {
        return new FeedResponse<>(feed, Optional.of(function), list);
    }

    /**
     * A copy whose lists are what a function makes of a page. Clients need its {@link FeedPage#next} and
     * {@link FeedPage#reset}, or the ids of the items.
     */
    public FeedResponse<T> withList(Function<? super FeedPage<T>, ?> function) {
        return new FeedResponse<>(feed, items, Optional.of(function));
    }

    /** The feed. */
    public Feed<T> feed() {
        return feed;
    }

    /** The function of {@link #withItems}, if any. */
    public Optional<Function<? super FeedItem<T>, ?>> items() {
        return items;
    }

    /** The function of {@link #withList}, if any. */
    public Optional<Function<? super FeedPage<T>, ?>> list() {
        return list;
    }
}
