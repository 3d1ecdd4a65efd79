package dev.bistro.feed;

import java.util.concurrent.CompletionStage;

/**
 * Where a feed's items are kept: the port behind {@link Feed}. By default they are kept in memory, and gone with the process. A feed holds a copy of
 * the newest items that its clients read from, so a store is asked for nothing but to append, and to tell what was appended, by whomever.
 *
 * <pre>
 *   publish ──▶ append ──▶ [store] ──▶ follower.appended, in order ──▶ the feed's copy ◀── each client pulls, when it can take it
 *                             ▲                   follower.wake   ──▶ wakes the clients that wait
 *                  other processes append too
 * </pre>
 */
public interface FeedStore<T> extends AutoCloseable {
    /**
     * Begins: the follower is told of what is kept, and from then on of what is appended. Called once, before all others; it may return before anything was told.
     *
     * @param history how many items are kept at the most; older ones may be dropped
     */
    void open(int history, Follower<T> follower);

    /**
     * Appends an item; by any thread, without waiting.
     *
     * @return its id, when it is kept. The follower of this process has been told of it by then, or is soon
     */
    CompletionStage<FeedId> append(String event, T data);

    /** Ends: nothing is appended or told any more. */
    @Override
    void close();

    /** Whom a store tells. One call at a time, by any thread; {@link #begins} and {@link #appended} are quick and may be called with a lock held. */
    interface Follower<T> {
        /**
         * What is told from here on comes after this id, without a gap. The first call; and called again where something may have been missed (a connection was lost
         * for long, say), which resets every client.
         */
        void begins(FeedId before);

        /** An item, later than the one before. */
        void appended(FeedId id, String event, T data);

        /** Has the waiting clients look; after one or several items, and without a lock held. May be called by several threads at once. */
        void wake();
    }
}
