package dev.bistro.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * The attachment of a key of a loop's selector: a connection, or the socket that accepts them. Called by the loop's
 * leader.
 */
interface SelectionHandler {
    /** Notes what the key is ready for; returns whether it is to be served. */
    boolean onSelected(SelectionKey key);

    /** Does what it is ready for: reads, writes or accepts. */
    void serve(Worker worker);

    /** Checks whether a deadline has passed; called every now and then. */
    void sweep(Worker worker);

    /** Registers with the loop's new selector, for what it waits for. */
    void moveTo(Selector selector) throws IOException;

    /** Closes it at once, and never throws. */
    void close();
}
