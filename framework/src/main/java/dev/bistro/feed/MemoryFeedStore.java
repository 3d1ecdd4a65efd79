package dev.bistro.feed;

import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps a counter only: the feed's own copy of the items is enough. Each store has its own epoch, so that the ids of an
 * earlier process are recognized as foreign.
 */
final class MemoryFeedStore<T> implements FeedStore<T> {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String epoch = Long.toString(RANDOM.nextLong() >>> 16, Character.MAX_RADIX);
    private final Object order = new Object();
    private Follower<T> follower;
    private long last;

    @Override
    public void open(int history, Follower<T> told) {
        follower = told;
        told.begins(id(0));
    }

    @Override
    public CompletionStage<FeedId> append(String event, T data) {
        FeedId id;
        synchronized (order) {
            id = id(++last);
            follower.appended(id, event, data);
        }
        follower.wake();
        return CompletableFuture.completedFuture(id);
    }

    private FeedId id(long number) {
        return new FeedId(epoch, number, 0);
    }

    @Override
    public void close() {}
}
