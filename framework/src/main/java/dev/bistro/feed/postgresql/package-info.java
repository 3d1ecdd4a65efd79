/**
 * Feeds in PostgreSQL. Not API. It uses JDBC alone, and is loaded only where {@code feeds.store} is
 * {@code postgresql}.
 *
 * <p>In comes what is published; out goes what was published by all instances. Begin with
 * {@link dev.bistro.feed.postgresql.PostgresqlFeedStores}, then {@code FeedTables}, which has all SQL.
 */
package dev.bistro.feed.postgresql;
