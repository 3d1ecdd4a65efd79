package dev.bistro.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.bistro.wire.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class AccessLogWriterTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLogWriter.class);
    private final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            complaints.add(event.getFormattedMessage());
        }
    };
    private final AtomicLong now = new AtomicLong(5);
    private final AtomicInteger looks = new AtomicInteger(); // at the clock: once when all that was there is written
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore gate = new Semaphore(0);
    private final List<AccessEntry> written = new ArrayList<>(); // read when the writer has ended

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }

    private AccessLogWriter writer(int maxEntries, long maxChars, Consumer<AccessEntry> output) {
        var writer = new AccessLogWriter(new AccessRing(maxEntries, maxChars), output, this::look);
        writer.start();
        return writer;
    }

    private long look() {
        looks.incrementAndGet();
        return now.get();
    }

    /** An output that waits for the gate. */
    private void hold(AccessEntry entry) {
        entered.release();
        gate.acquireUninterruptibly();
        written.add(entry);
    }

    private static String faster(int count) {
        return count + " lines are missing in the access log: they came faster than they could be written";
    }

    /** Nothing is logged when the end is reached without a loss. */
    @Test
    void writesInOrderAndAllThatIsLeftAtTheEnd() throws InterruptedException {
        AccessLogWriter writer = writer(1_000, 1_000_000, this::hold);
        var put = new ArrayList<AccessEntry>();
        for (int i = 0; i < 1_000; i++) {
            put.add(Entries.ofLength(i % 10));
            writer.put(put.get(i));
        }
        gate.release(1_000);
        writer.close();
        assertEquals(put, written);
        assertEquals(0, writer.droppedLines());
        assertTrue(complaints.isEmpty());
    }

    @Test
    void dropsAndCountsWhatDoesNotFit() throws InterruptedException {
        AccessLogWriter writer = writer(4, 1_000_000, this::hold);
        writer.put(Entries.ofLength(1));
        entered.acquire();
        for (int i = 0; i < 10; i++) {
            writer.put(Entries.ofLength(2));
        }
        assertEquals(6, writer.droppedLines());
        gate.release(100);
        assertEquals(faster(6), complaints.take());
        writer.close();
        assertEquals(5, written.size());
    }

    @Test
    void complainsOnceAMinuteAndAtTheEnd() throws InterruptedException {
        AccessLogWriter writer = writer(1, 1_000_000, this::hold);
        fill(writer, 2);
        assertEquals(faster(2), complaints.take());
        now.addAndGet(AccessLogWriter.COMPLAINT_NANOS - 1);
        fill(writer, 3);
        assertNull(complaints.poll());
        now.incrementAndGet();
        fill(writer, 4);
        assertEquals(faster(7), complaints.take());
        fill(writer, 5);
        writer.close();
        assertEquals(faster(5), complaints.take());
        assertTrue(complaints.isEmpty());
    }

    /** Has so many lines dropped, and returns when the others are written. */
    private void fill(AccessLogWriter writer, int dropped) throws InterruptedException {
        writer.put(Entries.ofLength(1));
        entered.acquire();
        for (int i = 0; i < dropped + 1; i++) {
            writer.put(Entries.ofLength(1));
        }
        int before = looks.get();
        gate.release(2);
        entered.acquire();
        Await.until(() -> looks.get() != before);
    }

    @Test
    void goesOnAfterAnOutputThatFails() throws InterruptedException {
        AccessLogWriter writer = writer(10, 1_000_000, entry -> {
            if (entry.length() == 7) {
                throw new IllegalStateException("expected");
            }
            written.add(entry);
        });
        writer.put(Entries.ofLength(7));
        assertEquals("1 lines are missing in the access log: they could not be written", complaints.take());
        writer.put(Entries.ofLength(1));
        writer.close();
        assertEquals(1, written.size());
        assertEquals(1, writer.droppedLines());
    }

    @Test
    void isNotEndedByAnInterrupt() throws InterruptedException {
        AccessLogWriter writer = writer(10, 1_000_000, entry -> {
            Thread.currentThread().interrupt();
            written.add(entry);
            entered.release();
        });
        for (int i = 0; i < 3; i++) {
            writer.put(Entries.ofLength(i));
            entered.acquire();
        }
        writer.close();
        assertEquals(3, written.size());
    }

    @Test
    void takesFromManyThreads() throws InterruptedException {
        AccessLogWriter writer = writer(64, 1_000, written::add);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            var thread = new Thread(() -> {
                for (int j = 0; j < 20_000; j++) {
                    writer.put(Entries.ofLength(j % 40));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        writer.close();
        assertEquals(80_000, written.size() + writer.droppedLines());
        assertFalse(written.isEmpty());
        assertFalse(written.contains(null));
    }

    @Test
    void holdsSoManyCharacters() {
        var ring = new AccessRing(100, 1_000);
        assertTrue(ring.offer(Entries.ofLength(600)));
        assertFalse(ring.offer(Entries.ofLength(401)));
        AccessEntry last = Entries.ofLength(400);
        assertTrue(ring.offer(last));
        assertFalse(ring.offer(Entries.ofLength(1)));
        assertTrue(ring.offer(Entries.of(408)), "which has no text");
        assertEquals(600, ring.poll().length());
        assertTrue(ring.offer(Entries.ofLength(600)));
        assertSame(last, ring.poll());
    }

    @Test
    void goesRoundTheRing() {
        var ring = new AccessRing(3, 1_000);
        for (int i = 0; i < 10; i++) {
            assertTrue(ring.isEmpty());
            assertNull(ring.poll());
            for (int j = 0; j < 3; j++) {
                assertTrue(ring.offer(Entries.ofLength(j)));
            }
            assertFalse(ring.offer(Entries.ofLength(0)));
            for (int j = 0; j < 3; j++) {
                assertEquals(j, ring.poll().length());
            }
        }
    }
}
