package dev.bistro.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.net.ByteBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The turns of a session's handlers: who runs them, how many in a row, and how many may wait. */
class HandlerQueueTest {
    private final List<Runnable> workers = new ArrayList<>();
    private final ByteBudget budget = new ByteBudget(10_000_000);
    private final HandlerQueue queue = new HandlerQueue(workers::add, budget);
    private final List<Integer> taken = new ArrayList<>();

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            queue.addMessage(
                    () -> {
                        taken.add(number);
                        return null;
                    },
                    10);
        }
    }

    private int rounds() {
        int rounds = 0;
        while (queue.claim()) {
            queue.run();
            rounds++;
        }
        return rounds;
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "31, 1", "33, 2", "320, 10", "321, 11"})
    void takesSoManyInARowAndIsClaimedAgain(int count, int rounds) {
        add(count);
        assertEquals(rounds, rounds());
        assertEquals(count, taken.size());
        assertEquals(taken.stream().sorted().toList(), taken);
    }

    @Test
    void takesAllToTheLastTurnInARowSinceNobodyMayBeThereToClaimIt() {
        add(320);
        queue.end(() -> null);
        assertEquals(1, rounds());
        assertEquals(320, taken.size());
    }

    @Test
    void isRunByOneAtATime() {
        add(1);
        assertTrue(queue.claim());
        assertFalse(queue.claim());
        add(1);
        assertFalse(queue.claim());
        queue.run();
        assertEquals(2, taken.size());
        assertFalse(queue.claim());
    }

    @Test
    void waitsForAStageAndGoesOnElsewhere() {
        var stage = new CompletableFuture<Void>();
        queue.add(() -> stage);
        add(1);
        assertTrue(queue.claim());
        queue.run();
        assertFalse(queue.claim(), "It is claimed while a stage is waited for");
        assertEquals(0, taken.size());
        stage.complete(null);
        workers.remove(0).run();
        assertEquals(1, taken.size());
    }

    @ParameterizedTest
    @CsvSource({"0, 512", "1, 509", "1000, 59", "65536, 1", "1000000, 1"})
    void isFullWhenSoMuchWaitsAndEmptyMessagesCountToo(int size, int count) {
        for (int i = 0; i < count; i++) {
            assertFalse(queue.isFull(), "after " + i);
            queue.addMessage(() -> null, size);
        }
        assertTrue(queue.isFull());
        assertTrue(budget.used() >= (long) size * count);
        rounds();
        assertFalse(queue.isFull());
        assertEquals(0, budget.used());
    }

    @Test
    void isFullWhenTheServerIsAndSomethingWaits() {
        budget.take(budget.max());
        assertFalse(queue.isFull(), "It would wait for what nobody frees");
        add(1);
        assertTrue(queue.isFull());
        budget.give(budget.max());
        assertFalse(queue.isFull());
    }

    @Test
    void letsGoOfMessagesBehindAStageAndNotOfTheLastTurnWhenTheClientHasGone() {
        var stage = new CompletableFuture<Void>();
        var told = new ArrayList<String>();
        queue.add(() -> {
            told.add("open");
            return stage;
        });
        add(600);
        assertTrue(queue.isFull());
        rounds();
        queue.clientIsGone();
        assertFalse(queue.isFull());
        assertEquals(0, budget.used());
        queue.end(() -> {
            told.add("close");
            return null;
        });
        assertEquals(0, rounds());
        stage.complete(null);
        workers.remove(0).run();
        assertEquals(List.of("open", "close"), told);
        assertEquals(List.of(), taken);
    }

    @Test
    void handlesWhatCameBeforeTheClientHasGoneWhileAHandlerRuns() {
        queue.addMessage(
                () -> {
                    queue.clientIsGone();
                    queue.end(() -> null);
                    return CompletableFuture.completedFuture(null);
                },
                10);
        add(100);
        assertEquals(1, rounds());
        assertEquals(100, taken.size());
        assertEquals(0, budget.used());
    }

    @Test
    void letsGoOfMessagesWhenAStageHasToBeWaitedForAfterTheClientHasGone() {
        queue.addMessage(
                () -> {
                    queue.clientIsGone();
                    return new CompletableFuture<Void>();
                },
                10);
        add(100);
        rounds();
        assertEquals(0, budget.used());
        assertEquals(List.of(), taken);
    }
}
