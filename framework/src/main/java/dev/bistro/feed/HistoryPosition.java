package dev.bistro.feed;

/**
 * Where a client is in the history.
 *
 * @param index of the next entry to read
 * @param after the id after which it reads on: entries up to it are passed over
 * @param reset whether the client is still to be told that something is missing
 */
record HistoryPosition(long index, FeedId after, boolean reset) {
    HistoryPosition withResetTold() {
        return new HistoryPosition(index, after, false);
    }
}
