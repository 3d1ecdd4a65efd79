package dev.bistro.feed;

/**
 * What was published, with its place in the history. As JSON: <code>{"id":"k3f9x2.17","event":"message","data":…}</code>.
 *
 * @param id gives the place: what comes after it is had by {@code ?since=k3f9x2.17}
 * @param event what kind of news it is; {@value Feed#MESSAGE} where nothing was said
 * @param data what was published
 */
public record FeedItem<T>(String id, String event, T data) {}
