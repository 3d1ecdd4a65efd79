package dev.bistro.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.net.ByteBudget;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.protocol.OutgoingFrame.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The frames that wait to be written to one client. */
class SendQueueTest {
    private final List<Runnable> workers = new ArrayList<>();
    private final ByteBudget budget = new ByteBudget(10_000);
    private final SendQueue queue = new SendQueue(100, budget, workers::add);

    private CompletableFuture<Void> add(int bytes) {
        var sent = new CompletableFuture<Void>();
        if (!queue.add(new byte[bytes], sent)) {
            sent.cancel(false);
        }
        return sent;
    }

    @Test
    void saysThatAMessageIsWritten() {
        CompletableFuture<Void> sent = add(10);
        queue.written(queue.poll());
        assertTrue(sent.isDone());
        assertEquals(List.of(), workers);
    }

    @Test
    void runsWhatDependsOnAMessageOnAWorker() {
        var ran = new ArrayList<String>();
        add(10).thenRun(() -> ran.add("it"));
        queue.written(queue.poll());
        assertEquals(List.of(), ran);
        workers.get(0).run();
        assertEquals(List.of("it"), ran);
    }

    @Test
    void dropsWhatWaitsWhenItIsFull() {
        CompletableFuture<Void> first = add(60);
        assertFalse(add(40).isDone());
        assertTrue(add(1).isCancelled());
        assertTrue(first.isCompletedExceptionally());
        assertEquals(
                CloseReason.TRY_AGAIN_LATER, queue.ourReason().orElseThrow().code());
        assertEquals(Kind.CLOSE_AND_END, queue.poll().kind());
        assertNull(queue.poll());
        assertTrue(add(1).isCancelled());
    }

    @Test
    void takesASingleMessageOfAnySize() {
        assertFalse(add(1_000).isDone());
        queue.written(queue.poll());
        assertFalse(add(1_000).isDone());
    }

    @Test
    void sharesWhatIsEncodedWithOthers() {
        var other = new SendQueue(1_000, budget, workers::add);
        var message = new OutgoingMessage(Opcode.TEXT, new byte[50]);
        message.addTo(queue, null, null);
        message.addTo(other, null, null);
        assertSame(queue.poll().bytes(), other.poll().bytes());
        message.addTo(queue, new MessageDeflater(Zlib.MAX_WINDOW_BITS, true, 1), null);
        message.addTo(other, new MessageDeflater(Zlib.MAX_WINDOW_BITS, true, 1), null);
        byte[] compressed = queue.poll().bytes();
        assertEquals(0xC1, compressed[0] & 0xFF);
        assertSame(compressed, other.poll().bytes());
    }

    @Test
    void putsACloseBehindWhatWaits() {
        add(10);
        assertTrue(queue.close(new CloseReason(1000, ""), Kind.CLOSE));
        assertFalse(queue.close(new CloseReason(1001, ""), Kind.CLOSE));
        assertFalse(queue.answer(Frames.close()));
        assertEquals(Kind.MESSAGE, queue.poll().kind());
        assertEquals(Kind.CLOSE, queue.poll().kind());
        assertEquals(1000, queue.ourReason().orElseThrow().code());
    }

    @Test
    void countsWhatWaitsInTheBudgetOfTheServerUntilItIsWrittenOrDropped() {
        add(10);
        add(20);
        assertEquals(30 + 2 * SendQueue.MESSAGE_BYTES, budget.used());
        queue.poll();
        assertEquals(20 + SendQueue.MESSAGE_BYTES, budget.used());
        queue.abandon();
        assertEquals(0, budget.used());
    }

    @Test
    void closesWhereTheServerHasNoRoom() {
        budget.take(10_000);
        assertTrue(add(10).isCancelled());
        assertTrue(queue.isClosed());
        assertEquals(10_000, budget.used());
    }

    @Test
    void countsAMessageForManyOnce() {
        var message = new OutgoingMessage(Opcode.BINARY, new byte[50]);
        for (int i = 0; i < 10; i++) {
            assertTrue(message.addTo(new SendQueue(1_000, budget, workers::add), null, null));
        }
        assertEquals(52 + 10 * SendQueue.MESSAGE_BYTES, budget.used());
    }
}
