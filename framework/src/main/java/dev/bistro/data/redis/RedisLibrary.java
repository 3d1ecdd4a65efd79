package dev.bistro.data.redis;

import dev.bistro.types.OptionalClass;

/** Whether Lettuce is there. Like {@link RedisAddress} it needs nothing of it. */
public final class RedisLibrary {
    private static final String CLASS = "io.lettuce.core.RedisClient";

    private RedisLibrary() {}

    /** Whether the class path has it. */
    public static boolean isThere() {
        return OptionalClass.find(CLASS, RedisLibrary.class.getClassLoader()).isPresent();
    }
}
