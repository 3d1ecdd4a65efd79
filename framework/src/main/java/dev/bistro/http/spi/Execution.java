package dev.bistro.http.spi;

/** On which thread a target runs. */
public enum Execution {
    /** On the event loop until it is seen to wait; then on a thread of its own. */
    ADAPTIVE,
    /** On a thread of its own. */
    BLOCKING,
    /** On the event loop. */
    NON_BLOCKING
}
