package dev.bistro.http1;

import dev.bistro.net.ByteBudget;

/**
 * The bytes that one request has taken from the server's {@link ByteBudget}; given back when the exchange ends. For any
 * thread: the application may read the body on a thread of its own after the client has gone, and what it takes then is
 * no longer counted.
 */
final class RequestMemory {
    private final ByteBudget budget;
    private long bytes;
    private boolean released;

    RequestMemory(ByteBudget budget) {
        this.budget = budget;
    }

    /** Whether the budget has room for so many bytes at this moment. */
    boolean hasRoomFor(long total) {
        return total <= budget.max() - budget.used();
    }

    /** Takes so many bytes more; false if there is no room for them. */
    synchronized boolean tryGrow(long more) {
        return tryGrowTo(bytes + more);
    }

    /** Takes as much as is missing to so many bytes in all; false if there is no room for it. */
    synchronized boolean tryGrowTo(long total) {
        if (total > bytes && !released) {
            if (!budget.tryTake(total - bytes)) {
                return false;
            }
            bytes = total;
        }
        return true;
    }

    /** Gives everything back, and counts nothing from now on. */
    synchronized void release() {
        released = true;
        if (bytes > 0) {
            budget.give(bytes);
            bytes = 0;
        }
    }
}
