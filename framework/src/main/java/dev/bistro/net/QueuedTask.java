package dev.bistro.net;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that waits for a thread of its own, with its connection. Either the thread claims it and runs it, or the loop
 * claims it after too long a wait and refuses it.
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

    /** Claims the task; false if another thread has claimed it before. */
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
