package dev.bistro.net;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task on its way to a thread of its own, with its connection. Whoever claims it first has it: the thread that runs
 * it, or the loop, when it has waited for a thread for too long.
 */
final class QueuedTask implements Runnable {
    private final ServedConnection connection;
    private final Task task;
    private final long dueMillis;
    private final AtomicBoolean claimed = new AtomicBoolean();

    QueuedTask(ServedConnection connection, Task task, long dueMillis) {
        this.connection = connection;
        this.task = task;
        this.dueMillis = dueMillis;
    }

    Task task() {
        return task;
    }

    boolean isLate(long now) {
        return now > dueMillis;
    }

    /** Whether the caller has it, and nobody else. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    @Override
    public void run() {
        if (claim()) {
            connection.runTask(task);
        }
    }
}
