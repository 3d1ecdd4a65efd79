package dev.bistro.feed;

/**
 * Encodes items as bytes, for {@link FeedCursor#next(FeedEncoder)}. The result is kept with the item, for other cursors
 * whose encoder {@code equals} this one.
 */
public interface FeedEncoder<T> {
    /** Encodes an item. The array must not be empty. */
    byte[] item(FeedItem<T> item);

    /**
     * Encodes a reset, which says that items are missing here. The array must not be empty.
     *
     * @param id the place before the items that follow
     */
    byte[] reset(String id);
}
