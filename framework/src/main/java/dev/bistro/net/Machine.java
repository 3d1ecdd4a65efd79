package dev.bistro.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** What a server takes from the Java runtime and the system, and what may fail there; tests replace it. */
interface Machine {
    /** The machine that this process runs on. */
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

    /** Opens a selector for a loop. */
    Selector openSelector() throws IOException;

    /** Calls the action with each key that is ready, and waits for one at most this long. */
    void select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException;

    /** Creates a thread without starting it. */
    Thread newThread(Runnable code, String name);

    /** Creates the threads for handlers that wait. */
    HandlerThreads handlerThreads();
}
