package dev.bistro.net;

/**
 * Work on a connection that runs on a thread of its own and may wait. Exactly one of {@link #run}, {@link #abandon} and
 * {@link #refuse} is called, once.
 */
@FunctionalInterface
public interface Task {
    /** Does the work. This thread owns the connection until the method returns. */
    void run(BlockingIo io);

    /**
     * Whether the task waits for its client, and not only for the application. Such tasks don't occupy the threads of
     * handlers.
     */
    default boolean waitsForClient() {
        return false;
    }

    /** The connection was closed before the task could begin; called instead of {@link #run}. */
    default void abandon() {}

    /**
     * No thread became free for the task in time; called instead of {@link #run}, by the connection's owner. Tells the
     * client so if possible.
     */
    default void refuse(Output output) {
        abandon();
    }
}
