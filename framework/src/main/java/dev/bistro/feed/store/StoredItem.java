package dev.bistro.feed.store;

import dev.bistro.feed.FeedId;

/**
 * An item as it is stored.
 *
 * @param data as JSON
 */
public record StoredItem(FeedId id, String event, String data) {}
