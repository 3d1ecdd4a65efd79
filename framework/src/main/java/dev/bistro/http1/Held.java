package dev.bistro.http1;

import dev.bistro.net.ByteBudget;

/**
 * What one request holds in memory of the bytes that the server has for all of them; given back when the exchange is
 * over. For any thread: a stage of the application's may read the body when the client has gone already, and what it
 * holds then is no longer counted.
 */
final class Held {
    private final ByteBudget budget;
    private long bytes;
    private boolean isOver;

    Held(ByteBudget budget) {
        this.budget = budget;
    }

    /** Whether there is room for so many bytes, as far as can be seen. */
    boolean mayGrowTo(long total) {
        return total <= budget.max() - budget.used();
    }

    /** Holds so many bytes more, if there is room for them; whether there is. */
    synchronized boolean grow(long more) {
        return growTo(bytes + more);
    }

    /** Holds so many bytes in all, if there is room for them; whether there is. */
    synchronized boolean growTo(long total) {
        if (total > bytes && !isOver) {
            if (!budget.tryTake(total - bytes)) {
                return false;
            }
            bytes = total;
        }
        return true;
    }

    synchronized void release() {
        isOver = true;
        if (bytes > 0) {
            budget.give(bytes);
            bytes = 0;
        }
    }
}
