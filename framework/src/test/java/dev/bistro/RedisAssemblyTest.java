package dev.bistro;

import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import org.junit.jupiter.api.Test;

/** What is said where the library is missing, which the tests have. */
class RedisAssemblyTest {
    @Test
    void saysThatTheLibraryIsMissing() {
        var problems = new Problems();
        problems.add(RedisAssembly.withoutLibrary("feeds.store"));
        Golden.assertGolden("redis-without-library", problems);
    }
}
