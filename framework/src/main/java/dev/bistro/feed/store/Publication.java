package dev.bistro.feed.store;

import dev.bistro.feed.FeedId;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;

/**
 * An item on its way into a store.
 *
 * @param feed the feed's name
 * @param id by which the store knows it again if it is sent a second time
 * @param data as JSON
 * @param deadlineNanos when it is given up, by {@link System#nanoTime}
 * @param result completes with the item's id
 */
public record Publication(
        String feed, UUID id, String event, String data, long deadlineNanos, CompletableFuture<FeedId> result) {
    private static final int OVERHEAD = 200;

    /** About how many characters of memory it takes. */
    int weight() {
        return data.length() + event.length() + OVERHEAD;
    }

    /** What waits for it runs elsewhere, so that it doesn't hold up those that come after it. */
    void complete(FeedId stored) {
        ForkJoinPool.commonPool().execute(() -> result.complete(stored));
    }

    void fail(Throwable fault) {
        ForkJoinPool.commonPool().execute(() -> result.completeExceptionally(fault));
    }
}
