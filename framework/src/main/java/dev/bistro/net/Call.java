package dev.bistro.net;

/**
 * A handler that a connection's protocol has run by {@link Connection#call}; made once and used again and again.
 *
 * @param code what runs; it mustn't throw
 * @param profile what is known of its running time, and learns from each run
 */
public record Call(Runnable code, ExecutionProfile profile) {}
