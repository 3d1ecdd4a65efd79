package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a server may hold in memory for all its clients together. */
class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100);

    @Test
    void givesAllOrNone() {
        assertTrue(budget.tryTake(60));
        assertFalse(budget.tryTake(41));
        assertEquals(60, budget.used());
        assertTrue(budget.tryTake(40));
        budget.give(100);
        assertEquals(0, budget.used());
    }

    @Test
    void hasNoRoomForMoreThanALongCanCount() {
        budget.take(50);
        assertFalse(budget.tryTake(Long.MAX_VALUE));
        assertEquals(50, budget.used());
    }

    @Test
    void isOverdrawnByWhatIsThereAlreadyOnly() {
        budget.take(101);
        assertTrue(budget.isOverdrawn());
        assertFalse(budget.tryTake(1));
        budget.give(1);
        assertFalse(budget.isOverdrawn());
    }

    @Test
    void refusesNobodyForTheSakeOfOneWhoIsRefused() {
        long refused = IntStream.range(0, 200_000)
                .parallel()
                .filter(i -> i % 2 == 0 ? budget.tryTake(1_000) : !takeAndGive())
                .count();
        assertEquals(0, refused);
        assertFalse(budget.isOverdrawn());
    }

    private boolean takeAndGive() {
        boolean taken = budget.tryTake(1);
        if (taken) {
            budget.give(1);
        }
        return taken;
    }
}
