package dev.bistro;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Something that takes its time, and is made on a thread of its own while the start goes on with what doesn't need it. */
final class BackgroundTask<T> {
    private final FutureTask<T> task;

    private BackgroundTask(FutureTask<T> task) {
        this.task = task;
    }

    /** Begins to make it. */
    static <T> BackgroundTask<T> of(String threadName, Callable<T> making) {
        var task = new FutureTask<>(making);
        var thread = new Thread(task, threadName);
        thread.setDaemon(true); // nobody waits for it if the start fails before
        thread.start();
        return new BackgroundTask<>(task);
    }

    /** What was made, when it is. Throws what the making threw. */
    T get() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(e.getCause());
        }
    }
}
