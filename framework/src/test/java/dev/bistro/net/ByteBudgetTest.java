package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many bytes a server may keep in memory. */
@Timeout(60)
class ByteBudgetTest {
    @Test
    void isTakenAsAWholeOrNotAtAll() {
        var budget = new ByteBudget(100);
        assertFalse(budget.tryTake(101));
        assertTrue(budget.tryTake(80));
        assertFalse(budget.tryTake(20));
        assertEquals(80, budget.used());
        budget.give(80);
        assertEquals(0, budget.used());
    }

    /** Otherwise a head in two pieces would be broken off where bodies have taken everything. */
    @Test
    void keepsAnEighthForWhatCannotBeRefused() {
        var budget = new ByteBudget(800);
        assertFalse(budget.tryTake(701));
        assertTrue(budget.tryTake(700));
        assertFalse(budget.tryTake(1));
        budget.take(100);
        assertFalse(budget.isOverdrawn());
        budget.take(1);
        assertTrue(budget.isOverdrawn());
    }

    /** An overdrawn budget costs clients their connections. */
    @Test
    void isNotOverdrawnByWhatIsRefused() {
        var budget = new ByteBudget(100);
        var done = new AtomicBoolean();
        var refused = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                assertFalse(budget.tryTake(101));
            }
        });
        try {
            for (int i = 0; i < 1_000_000; i++) {
                assertFalse(budget.isOverdrawn());
            }
        } finally {
            done.set(true);
        }
        refused.join();
    }
}
