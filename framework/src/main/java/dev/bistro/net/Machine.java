package dev.bistro.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** What a server takes from the machine that it runs on, and what may fail there. */
interface Machine {
    /** The one that this process runs on. */
    Machine THIS = new Machine() {
        @Override
        public Selector openSelector() throws IOException {
            return Selector.open();
        }

        @Override
        public void select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
            if (timeoutMillis > 0) {
                selector.select(action, timeoutMillis);
            } else {
                selector.selectNow(action);
            }
        }

        @Override
        public Thread newThread(Runnable code, String name) {
            return new Thread(code, name);
        }

        @Override
        public HandlerThreads handlerThreads() {
            return HandlerThreads.create();
        }
    };

    /** A selector for a loop. */
    Selector openSelector() throws IOException;

    /** Has the selector tell of what is ready, and wait so long for it. */
    void select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException;

    /** A thread that isn't started. */
    Thread newThread(Runnable code, String name);

    /** Threads for what waits. */
    HandlerThreads handlerThreads();
}
