package dev.bistro.http.spi;

/** The thread on which a target runs. */
public enum Execution {
    /** On the event loop, until Bistro has seen that it waits; from then on as {@link #BLOCKING}. */
    ADAPTIVE,
    /** On a thread of its own. */
    BLOCKING,
    /** On the event loop. */
    NON_BLOCKING
}
