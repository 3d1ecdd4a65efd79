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
        Ahead<Thread> made = Ahead.of("ahead", Thread::currentThread);
        assertEquals("ahead", made.get().getName());
        assertNotEquals(Thread.currentThread(), made.get());
    }

    @Test
    void throwsWhatTheMakingThrew() {
        var fault = new IllegalArgumentException("no");
        assertSame(fault, assertThrows(IllegalArgumentException.class, Ahead.of("ahead", () -> {
            throw fault;
        })::get));
        var missing = new NoClassDefFoundError("gone");
        assertSame(missing, assertThrows(NoClassDefFoundError.class, Ahead.of("ahead", () -> {
            throw missing;
        })::get));
        var checked = new IOException("io");
        Ahead<Object> failing = Ahead.of("ahead", () -> {
            throw checked;
        });
        assertSame(
                checked, assertThrows(IllegalStateException.class, failing::get).getCause());
    }
}
