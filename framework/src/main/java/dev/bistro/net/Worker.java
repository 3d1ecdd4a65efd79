package dev.bistro.net;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform thread with its buffers: leads one loop at a time, and waits among the {@link Workers} for the next. The buffers are the
 * worker's and never a connection's, so that an idle connection owns none.
 */
final class Worker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int OUTPUT_BYTES = 16 * 1024;

    private final Workers workers;
    private final Input input;
    private final Output output = new Output(OUTPUT_BYTES);
    private EventLoop led; // owner: this worker's thread

    Worker(Workers workers, int readBufferBytes) {
        this.workers = workers;
        this.input = new Input(readBufferBytes);
    }

    Input input() {
        return input;
    }

    Output output() {
        return output;
    }

    boolean leads(EventLoop loop) {
        return led == loop;
    }

    /**
     * Runs a handler of a connection whose loop this worker leads, or led.
     *
     * @return false if the loop was taken away while it ran
     */
    boolean run(Runnable handler, SocketConnection connection, EventLoop loop) {
        if (led != loop) {
            handler.run();
            return true;
        }
        long entered = loop.enter(connection);
        try {
            handler.run();
        } finally {
            Thread.interrupted(); // a handler may have interrupted itself; the selector wouldn't wait any more
            if (!loop.leave(entered)) {
                led = null;
            }
        }
        return led == loop;
    }

    @Override
    public void run() {
        for (EventLoop loop = workers.next(this); loop != null; loop = workers.next(this)) {
            led = loop;
            try {
                loop.lead(this);
            } catch (IOException | RuntimeException | Error e) {
                LOG.error("Event loop {} failed and is lost, with its connections", loop.index(), e);
            } finally {
                led = null;
            }
        }
    }
}
