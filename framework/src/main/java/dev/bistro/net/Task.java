package dev.bistro.net;

/** Work on a connection that is done on a thread of its own, and may wait. One of its three methods is called, once. */
@FunctionalInterface
public interface Task {
    /** Does the work; the connection belongs to this thread until it returns. */
    void run(BlockingIo io);

    /**
     * Whether it waits for its client, and not only for what the application does: then it holds up none of the threads
     * that handlers run on.
     */
    default boolean waitsForClient() {
        return false;
    }

    /** The connection was closed before the task could begin; called instead of {@link #run}. */
    default void abandon() {}

    /**
     * No thread could be had for the task in time; called instead of {@link #run}, by the owner. It says so to the
     * client, as far as it can.
     */
    default void refuse(Output output) {
        abandon();
    }
}
