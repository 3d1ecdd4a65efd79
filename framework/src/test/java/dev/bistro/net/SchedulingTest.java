package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.wire.Await;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulingTest {
    @ParameterizedTest
    @CsvSource({
        "1 2 3, 1, 2",
        "0 86502 1, 0, 86502",
        "12 345, 12, 345",
        "12, 12, 0",
        "'', 0, 0",
        "12 , 12, 0",
        "18446744073 1 9, 18446744073, 1",
        "1 18446744073 9, 1, 18446744073"
    })
    void readsTheFirstTwoNumbers(String text, long processor, long delay) {
        assertEquals(processor, Scheduling.number(ascii(text), 0));
        assertEquals(delay, Scheduling.number(ascii(text), 1));
    }

    /** A thread's name may hold everything that the state is recognised by. */
    @ParameterizedTest
    @CsvSource({
        "17 (worker-1) R 1 17 17, R",
        "17 (worker-1) S 1 17 17, S",
        "4194304 (a) R (b) S) D 1 4194304, D",
        "17 () R, R",
        "17 (R) , ' '",
        "17 (R, ' '",
        "'', ' '",
        ")), ' '"
    })
    void readsTheState(String text, char state) {
        assertEquals(state, Scheduling.state(ascii(text)));
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What has no processor is runnable as well: a thread that computes is so whoever else does. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsAThreadThatComputesFromOneThatWaits() throws InterruptedException {
        var computes = new AtomicBoolean(true);
        var scheduling = new AtomicReference<Scheduling>();
        var thread = new Thread(() -> {
            scheduling.set(Scheduling.ofThisThread());
            while (computes.get()) {
                Thread.onSpinWait();
            }
            LockSupport.park();
        });
        thread.start();
        ByteBuffer buffer = Scheduling.newBuffer();
        Await.until(() -> scheduling.get() != null && scheduling.get().processorNanos(buffer) > 0);
        Await.until(() -> scheduling.get().isRunnable(buffer));
        computes.set(false);
        Await.until(() -> !scheduling.get().isRunnable(buffer));
        LockSupport.unpark(thread);
        thread.join();
        scheduling.get().close();
        assertFalse(scheduling.get().isRunnable(buffer));
        assertEquals(Scheduling.UNKNOWN, scheduling.get().processorNanos(buffer));
    }

    /** What a thread waits for by itself isn't among it, which is what it is for. */
    @Test
    void leavesOutWhatTheThreadWaitsForItself() {
        Scheduling scheduling = Scheduling.ofThisThread();
        ByteBuffer buffer = Scheduling.newBuffer();
        long start = System.nanoTime();
        long before = scheduling.delayNanos(buffer);
        LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
        long delayed = Scheduling.between(before, scheduling.delayNanos(buffer));
        long waited = System.nanoTime() - start;
        assertTrue(delayed >= 0 && delayed < waited, delayed + " of " + waited);
        scheduling.close();
        assertEquals(Scheduling.UNKNOWN, scheduling.delayNanos(buffer));
        assertEquals(0, Scheduling.between(5, Scheduling.UNKNOWN));
        assertEquals(0, Scheduling.between(Scheduling.UNKNOWN, 5));
        assertEquals(3, Scheduling.between(5, 8));
    }
}
