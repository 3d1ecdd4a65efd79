package dev.bistro;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A value that takes time to make, made on its own thread while the start goes on with what doesn't need it. */
final class BackgroundTask<T> {
    private final FutureTask<T> task;

    private BackgroundTask(FutureTask<T> task) {
        this.task = task;
    }

    /** Begins to make the value. */
    static <T> BackgroundTask<T> of(String threadName, Callable<T> making) {
        var task = new FutureTask<>(making);
        var thread = new Thread(task, threadName);
        thread.setDaemon(true); // if the start fails before, nobody waits for it
        thread.start();
        return new BackgroundTask<>(task);
    }

    /** The value; waits until it is made. Throws what making it threw. */
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
