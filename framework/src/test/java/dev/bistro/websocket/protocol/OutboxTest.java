package dev.bistro.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.net.ByteBudget;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.protocol.Outgoing.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What waits to be written to one client. */
class OutboxTest {
    private final List<Runnable> apart = new ArrayList<>();
    private final ByteBudget budget = new ByteBudget(10_000);
    private final Outbox outbox = new Outbox(100, budget, apart::add);

    private CompletableFuture<Void> add(int bytes) {
        var sent = new CompletableFuture<Void>();
        if (!outbox.add(new byte[bytes], sent)) {
            sent.cancel(false);
        }
        return sent;
    }

    @Test
    void saysThatAMessageIsWritten() {
        CompletableFuture<Void> sent = add(10);
        outbox.written(outbox.poll());
        assertTrue(sent.isDone());
        assertEquals(List.of(), apart);
    }

    @Test
    void runsWhatDependsOnAMessageApart() {
        var ran = new ArrayList<String>();
        add(10).thenRun(() -> ran.add("it"));
        outbox.written(outbox.poll());
        assertEquals(List.of(), ran);
        apart.get(0).run();
        assertEquals(List.of("it"), ran);
    }

    @Test
    void dropsWhatWaitsWhenItIsFull() {
        CompletableFuture<Void> first = add(60);
        assertFalse(add(40).isDone());
        assertTrue(add(1).isCancelled());
        assertTrue(first.isCompletedExceptionally());
        assertEquals(
                CloseReason.TRY_AGAIN_LATER, outbox.ourReason().orElseThrow().code());
        assertEquals(Kind.LAST_WORD, outbox.poll().kind());
        assertNull(outbox.poll());
        assertTrue(add(1).isCancelled());
    }

    @Test
    void takesASingleMessageOfAnySize() {
        assertFalse(add(1_000).isDone());
        outbox.written(outbox.poll());
        assertFalse(add(1_000).isDone());
    }

    @Test
    void sharesWhatIsEncodedWithOthers() {
        var other = new Outbox(1_000, budget, apart::add);
        var message = new OutgoingMessage(Opcode.TEXT, new byte[50]);
        message.addTo(outbox, null, null);
        message.addTo(other, null, null);
        assertSame(outbox.poll().frame(), other.poll().frame());
        var compressors = new Compressors();
        message.addTo(outbox, new Deflation(compressors, true, 1), null);
        message.addTo(other, new Deflation(compressors, true, 1), null);
        byte[] packed = outbox.poll().frame();
        assertEquals(0xC1, packed[0] & 0xFF);
        assertSame(packed, other.poll().frame());
    }

    @Test
    void putsACloseBehindWhatWaits() {
        add(10);
        assertTrue(outbox.close(new CloseReason(1000, ""), Kind.CLOSE));
        assertFalse(outbox.close(new CloseReason(1001, ""), Kind.CLOSE));
        assertFalse(outbox.answer(Frames.close()));
        assertEquals(Kind.MESSAGE, outbox.poll().kind());
        assertEquals(Kind.CLOSE, outbox.poll().kind());
        assertEquals(1000, outbox.ourReason().orElseThrow().code());
    }

    @Test
    void countsWhatWaitsInTheBudgetOfTheServerUntilItIsWrittenOrDropped() {
        add(10);
        add(20);
        assertEquals(30 + 2 * Outbox.MESSAGE_BYTES, budget.used());
        outbox.poll();
        assertEquals(20 + Outbox.MESSAGE_BYTES, budget.used());
        outbox.abandon();
        assertEquals(0, budget.used());
    }

    @Test
    void closesWhereTheServerHasNoRoom() {
        budget.take(10_000);
        assertTrue(add(10).isCancelled());
        assertTrue(outbox.isClosed());
        assertEquals(10_000, budget.used());
    }

    @Test
    void countsAMessageForManyOnce() {
        var message = new OutgoingMessage(Opcode.BINARY, new byte[50]);
        for (int i = 0; i < 10; i++) {
            assertTrue(message.addTo(new Outbox(1_000, budget, apart::add), null, null));
        }
        assertEquals(52 + 10 * Outbox.MESSAGE_BYTES, budget.used());
    }
}
