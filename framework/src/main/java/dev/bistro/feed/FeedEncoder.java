package dev.bistro.feed;

/**
 * Makes bytes of items, for {@link FeedCursor#next(FeedEncoder)}. What it made of an item is kept with the item, for other cursors whose encoder {@code equals} this one.
 */
public interface FeedEncoder<T> {
    /** An item; not an empty array. */
    byte[] item(FeedItem<T> item);

    /**
     * That something is missing before the items that follow; not an empty array.
     *
     * @param id the place before the items that follow
     */
    byte[] reset(String id);
}
