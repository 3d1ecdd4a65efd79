/**
 * The connections to Redis. Not API. It is the only room that uses {@code io.lettuce:lettuce-core}, and is loaded only
 * where something is to be in Redis and that library is there.
 *
 * <p>In come an address and commands as words; out go replies as texts, numbers and lists. Begin with
 * {@link dev.bistro.data.redis.Redis}.
 */
package dev.bistro.data.redis;
