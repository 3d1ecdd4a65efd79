package dev.bistro.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** The machine that tests run on, of which each of them replaces what it is about. */
class ForwardingMachine implements Machine {
    @Override
    public Selector openSelector() throws IOException {
        return THIS.openSelector();
    }

    @Override
    public void select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
        THIS.select(selector, action, timeoutMillis);
    }

    @Override
    public Thread newThread(Runnable code, String name) {
        return THIS.newThread(code, name);
    }

    @Override
    public HandlerThreads handlerThreads() {
        return THIS.handlerThreads();
    }
}
