package dev.bistro.net;

/** Is told when a loop is taken away from the worker whose handler holds it up. */
@FunctionalInterface
public interface HandOverListener {
    /** Does nothing. */
    HandOverListener NONE = (loop, thread, handler) -> {};

    /**
     * A loop has another worker now; called by the watchdog, which looks at nothing else meanwhile.
     *
     * @param loop the number of the loop, from 0 on
     * @param thread runs the handler, and loses the loop
     * @param handler what was given to {@link Connection#runOwned}, or a {@link Call}
     */
    void onHandOver(int loop, Thread thread, Runnable handler);
}
