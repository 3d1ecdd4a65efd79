package dev.bistro.feed;

import java.util.concurrent.CompletionStage;

/**
 * Keeps a feed's items: the port behind {@link Feed}. The default store is in memory, and lost with the process. A feed
 * has a copy of the newest items, from which its clients read. So a store only appends items, and tells the feed of all
 * items that were appended, by whatever process.
 *
 * <pre>
 *   publish ──▶ append ──▶ [store] ──▶ follower.appended, in order ──▶ the feed's copy ◀── each client pulls
 *                             ▲                   follower.wake   ──▶ wakes the clients that wait
 *                  other processes append too
 * </pre>
 */
public interface FeedStore<T> extends AutoCloseable {
    /**
     * Begins to tell the follower of the stored items, and then of those that are appended. Called once, before all
     * other methods; it may return before the follower is called.
     *
     * @param history how many items are to be kept; older ones may be dropped
     */
    void open(int history, Follower<T> follower);

    /**
     * Appends an item. Called by any thread; must not wait.
     *
     * @return completes with the item's id when it is stored. The follower of this process has been told of it by then,
     *     or will be soon
     */
    CompletionStage<FeedId> append(String event, T data);

    /** Ends the store: nothing is appended or told any more. */
    @Override
    void close();

    /**
     * Is told by a store. One call at a time, by any thread. {@link #begins} and {@link #appended} are quick, and may
     * be called while a lock is held.
     */
    interface Follower<T> {
        /**
         * Says that the items from here on come after this id, without a gap. This is the first call. It is called
         * again if items may have been missed (if the connection was lost for long, say); then each client gets a
         * reset.
         */
        void begins(FeedId before);

        /** Adds an item, whose id is later than that of the one before. */
        void appended(FeedId id, String event, T data);

        /**
         * Wakes the waiting clients, after one or several items. Called without a lock held, perhaps by several threads
         * at once.
         */
        void wake();
    }
}
