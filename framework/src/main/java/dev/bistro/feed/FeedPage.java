package dev.bistro.feed;

import java.util.List;

/**
 * A part of a feed's history, up to its end. As JSON: <code>{"items":[…],"next":"k3f9x2.17","reset":false}</code>.
 *
 * @param items the items, oldest first
 * @param next what to ask for next: {@code ?since=k3f9x2.17}
 * @param reset whether something is missing before the items: what was asked for has left the history, or is from another life of it. Who keeps what it got throws it away
 */
public record FeedPage<T>(List<FeedItem<T>> items, String next, boolean reset) {
    /** Checks and copies. */
    public FeedPage {
        items = List.copyOf(items);
    }

    /** Whether there is nothing to tell. */
    public boolean saysNothing() {
        return items.isEmpty() && !reset;
    }
}
