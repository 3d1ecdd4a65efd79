/**
 * Feeds in Redis. Not API. It is loaded only where {@code feeds.store} is {@code redis}.
 *
 * <p>In comes what is published; out goes what was published by all instances. Begin with
 * {@link dev.bistro.feed.redis.RedisFeedStores}, then {@code FeedStreams}, which has all scripts.
 */
package dev.bistro.feed.redis;
