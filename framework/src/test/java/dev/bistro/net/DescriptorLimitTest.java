package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DescriptorLimitTest {
    @Test
    void readsTheLimitThatCountsNow() {
        assertEquals(OptionalLong.of(1024), DescriptorLimit.of("""
                        Limit                     Soft Limit           Hard Limit           Units
                        Max processes             95896                95896                processes
                        Max open files            1024                 524288               files
                        """));
    }

    @Test
    void knowsNoneWhereTheSystemSaysNone() {
        assertEquals(OptionalLong.empty(), DescriptorLimit.of(""));
        assertEquals(
                OptionalLong.empty(), DescriptorLimit.of("Max open files            unlimited            unlimited\n"));
    }
}
