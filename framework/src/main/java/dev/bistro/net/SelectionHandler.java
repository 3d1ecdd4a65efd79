package dev.bistro.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** What a loop's selector finds ready: a connection, or the socket that accepts them. Called by the loop's leader. */
interface SelectionHandler {
    /** Notes what the key is ready for; whether it is to be served. */
    boolean onSelected(SelectionKey key);

    /** Does what it is ready for. */
    void serve(Worker worker);

    /** Looks whether a deadline has passed; called every now and then. */
    void sweep(Worker worker);

    /** The loop has another selector: registers there, with what it waited for. */
    void moveTo(Selector selector) throws IOException;

    /** Closes it at once. Throws nothing that closing it throws. */
    void close();
}
