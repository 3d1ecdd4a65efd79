package dev.bistro.net;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** That a channel is registered with its loop's selector, and what for. Belongs to the loop's leader. */
final class Registration {
    private final SelectableChannel channel;
    private SelectionKey key;
    private int operations;

    Registration(SelectableChannel channel) {
        this.channel = channel;
    }

    /** Registers for these operations, as this source of them. */
    void begin(Selector selector, int first, SelectionHandler source) throws IOException {
        key = channel.register(selector, first, source);
        operations = first;
    }

    /** Registers with another selector, for the same operations. */
    void moveTo(Selector selector) throws IOException {
        Object source = key.attachment();
        key.cancel();
        key = channel.register(selector, operations, source);
    }

    /** What it is to be told of from now on; a set of {@link SelectionKey}'s operations. */
    void await(int wanted) {
        if (operations != wanted) {
            operations = wanted;
            key.interestOps(wanted);
        }
    }
}
