/**
 * What the stores of feeds outside of this process have in common. Not API.
 *
 * <p>In come items that are published, and what a database tells of; out go batches to a database, and calls of
 * followers. Begin with {@link dev.bistro.feed.store.SharedFeedStore}, then
 * {@link dev.bistro.feed.store.Publisher} for the way in and {@link dev.bistro.feed.store.Tail} for the way out.
 */
package dev.bistro.feed.store;
