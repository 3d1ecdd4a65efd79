package dev.bistro.net;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * A channel's registration with its loop's selector. Remembers the operations, so that setting the same ones again
 * costs nothing. Belongs to the loop's leader.
 */
final class Registration {
    private final SelectableChannel channel;
    private SelectionKey key;
    private volatile int operations; // set by the leader, for any thread to read

    Registration(SelectableChannel channel) {
        this.channel = channel;
    }

    /** Registers the channel for these operations, with this attachment. */
    void begin(Selector selector, int first, SelectionHandler handler) throws IOException {
        key = channel.register(selector, first, handler);
        operations = first;
    }

    /** Registers with another selector, for the same operations. */
    void moveTo(Selector selector) throws IOException {
        Object handler = key.attachment();
        key.cancel();
        key = channel.register(selector, operations, handler);
    }

    /** Whether it waits for these operations. */
    boolean awaits(int asked) {
        return operations == asked;
    }

    /** Sets what the channel waits for: a set of {@link SelectionKey}'s operations. */
    void await(int wanted) {
        if (operations != wanted) {
            operations = wanted;
            key.interestOps(wanted);
        }
    }
}
