package dev.bistro.feed;

/**
 * A client's place in the history.
 *
 * @param index the index of the next entry to read
 * @param after the id up to which the client knows everything: such entries are skipped
 * @param reset whether the client must be told next that something is missing
 */
record HistoryPosition(long index, FeedId after, boolean reset) {
    HistoryPosition withResetTold() {
        return new HistoryPosition(index, after, false);
    }
}
