package dev.bistro.net;

import java.io.IOException;
import java.nio.channels.Selector;

/** What a server takes from the machine that it runs on, and what may fail there. */
interface Machine {
    /** The one that this process runs on. */
    Machine THIS = new Machine() {
        @Override
        public Selector openSelector() throws IOException {
            return Selector.open();
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

    /** A thread that isn't started. */
    Thread newThread(Runnable code, String name);

    /** Threads for what waits. */
    HandlerThreads handlerThreads();
}
