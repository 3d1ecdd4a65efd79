package dev.bistro.feed;

/**
 * A published item, with its place in the history. As JSON: <code>{"id":"k3f9x2.17","event":"message","data":…}</code>.
 *
 * @param id the item's place: {@code ?since=k3f9x2.17} gives the items after it
 * @param event the event name; {@value Feed#MESSAGE} for an item that was published without one
 * @param data the data that was published
 */
public record FeedItem<T>(String id, String event, T data) {}
