package dev.bistro;

/** Where something is kept that instances may share. */
enum SharedPlace {
    /** In each instance by itself. */
    MEMORY,
    /** In the database of {@code database.url}. */
    DATABASE,
    /** In the Redis of {@code redis.url}. */
    REDIS
}
