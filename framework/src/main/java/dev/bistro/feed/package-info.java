/**
 * Feeds: a bounded, ordered history that producers publish to, and that any number of clients follow, each from where
 * it left off. API. {@code result} knows how a feed goes out over HTTP: as a list, a long poll, server-sent events or
 * lines of JSON.
 *
 * <p>In: items from the application or from other processes. Out: pages, and cursors that are woken. Begin with
 * {@link dev.bistro.feed.Feed}, then {@code History}, the ring behind it, {@link dev.bistro.feed.FeedCursor} for one
 * client, and {@link dev.bistro.feed.FeedStore} for another place to keep the items.
 */
package dev.bistro.feed;
