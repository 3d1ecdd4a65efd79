package dev.bistro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class AheadTest {
    @Test
    void makesItOnAThreadOfItsOwn() {
        BackgroundTask<Thread> made = BackgroundTask.of("ahead", Thread::currentThread);
        assertEquals("ahead", made.get().getName());
        assertNotEquals(Thread.currentThread(), made.get());
    }

    @Test
    void throwsWhatTheMakingThrew() {
        var fault = new IllegalArgumentException("no");
        assertSame(fault, assertThrows(IllegalArgumentException.class, BackgroundTask.of("ahead", () -> {
            throw fault;
        })::get));
        var missing = new NoClassDefFoundError("gone");
        assertSame(missing, assertThrows(NoClassDefFoundError.class, BackgroundTask.of("ahead", () -> {
            throw missing;
        })::get));
        var checked = new IOException("io");
        BackgroundTask<Object> failing = BackgroundTask.of("ahead", () -> {
            throw checked;
        });
        assertSame(
                checked, assertThrows(IllegalStateException.class, failing::get).getCause());
    }
}
