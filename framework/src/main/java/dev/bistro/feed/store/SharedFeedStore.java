package dev.bistro.feed.store;

import dev.bistro.feed.FeedId;
import dev.bistro.feed.FeedStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The store of one feed, which other processes may have too. */
public final class SharedFeedStore<T> implements FeedStore<T> {
    private static final int LONGEST_NAME = 200;

    private final String name;
    private final Class<T> type;
    private final ItemCodec codec;
    private final Publisher publisher;
    private final Tails tails;
    private volatile Tail<T> tail; // null until it is opened
    private volatile boolean isClosed;

    /**
     * The store of a feed.
     *
     * @throws IllegalArgumentException if the name is empty, too long, or has a control character or half a surrogate
     *     pair, of which stores make another character: then it would be the feed of another name
     */
    public SharedFeedStore(String name, Class<T> type, ItemCodec codec, Publisher publisher, Tails tails) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(SharedFeedStore::isNoText)) {
            throw new IllegalArgumentException("Not a name for a feed: it must have 1 to " + LONGEST_NAME
                    + " characters, and no control character or half a surrogate pair");
        }
        this.name = name;
        this.type = type;
        this.codec = codec;
        this.publisher = publisher;
        this.tails = tails;
    }

    private static boolean isNoText(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    @Override
    public void open(int history, Follower<T> follower) {
        tail = new Tail<>(name, type, history, codec, follower);
        tails.follow(tail);
    }

    @Override
    public CompletionStage<FeedId> append(String event, T data) {
        if (isClosed) {
            return CompletableFuture.failedFuture(new IllegalStateException("The feed's store is closed"));
        }
        String json;
        try {
            json = codec.write(data, type);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return publisher.publish(name, event, json);
    }

    @Override
    public void close() {
        isClosed = true;
        Tail<T> opened = tail;
        if (opened != null) {
            opened.close();
            tails.forget(opened);
        }
    }
}
