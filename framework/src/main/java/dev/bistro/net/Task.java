package dev.bistro.net;

/** Work on a connection that is done on a thread of its own, and may wait. */
@FunctionalInterface
public interface Task {
    /** Does the work; the connection belongs to this thread until it returns. */
    void run(BlockingIo io);

    /** The connection was closed before the task could begin; called instead of {@link #run}. */
    default void abandon() {}
}
