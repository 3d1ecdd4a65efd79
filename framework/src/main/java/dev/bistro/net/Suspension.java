package dev.bistro.net;

import java.util.function.Consumer;

/** A connection that waits for something without a thread. */
public final class Suspension {
    private final Connection connection;

    Suspension(Connection connection) {
        this.connection = connection;
    }

    /**
     * What it waited for has come: has the connection's owner go on. May be called by any thread, also before the protocol has returned; the first
     * call counts.
     */
    public void resume(Consumer<Output> continuation) {
        connection.continueWith(this, continuation);
    }
}
