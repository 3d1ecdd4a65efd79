package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DescriptorLimitTest {
    @Test
    void readsTheLimitThatCountsNow() {
        assertEquals(OptionalLong.of(1024), DescriptorLimit.parse("""
                        Limit                     Soft Limit           Hard Limit           Units
                        Max processes             95896                95896                processes
                        Max open files            1024                 524288               files
                        """));
    }

    @Test
    void knowsNoneWhereTheSystemSaysNone() {
        assertEquals(OptionalLong.empty(), DescriptorLimit.parse(""));
        assertEquals(
                OptionalLong.empty(),
                DescriptorLimit.parse("Max open files            unlimited            unlimited\n"));
    }

    @Test
    void keepsSomeDescriptorsForEverythingButConnections() {
        assertEquals(10_000, DescriptorLimit.connections(10_000, 1_048_576, 50));
        assertEquals(1_024 - 50 - 128, DescriptorLimit.connections(10_000, 1_024, 50));
        assertEquals(10_240 - 50 - 256, DescriptorLimit.connections(10_000, 10_240, 50));
        assertEquals(150 - 42 - 32, DescriptorLimit.connections(10_000, 150, 42));
        assertEquals(8, DescriptorLimit.connections(10_000, 64, 60), "a few in any case");
        assertEquals(5, DescriptorLimit.connections(5, 1_024, 50));
    }
}
