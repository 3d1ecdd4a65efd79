package dev.bistro.feed;

import java.util.List;

/**
 * A part of a feed's history, up to its end. As JSON: <code>{"items":[…],"next":"k3f9x2.17","reset":false}</code>.
 *
 * @param items the items, oldest first
 * @param next the id from which to read on: {@code ?since=k3f9x2.17}
 * @param reset whether items are missing before these, since the requested place has left the history or is of another
 *     epoch; a client that keeps items should discard them
 */
public record FeedPage<T>(List<FeedItem<T>> items, String next, boolean reset) {
    /** Copies the list. */
    public FeedPage {
        items = List.copyOf(items);
    }

    /** Whether anything has changed since the requested place: there are items, or a reset. */
    public boolean hasChanges() {
        return !items.isEmpty() || reset;
    }
}
