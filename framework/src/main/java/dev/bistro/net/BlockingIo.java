package dev.bistro.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Reading and writing for a thread that may wait, and that a connection was handed off to. The client sends no faster
 * than this thread reads, and this thread writes no faster than the client reads.
 */
public final class BlockingIo {
    private static final int OUTPUT_BYTES = 1024;
    private static final int INPUT_BYTES = 16 * 1024;

    private final Connection connection;
    private final SocketWriter writer;
    private final Output output;
    private Input input;

    BlockingIo(Connection connection) {
        this.connection = connection;
        this.writer = connection.writer();
        this.output = new Output(OUTPUT_BYTES).of(connection);
    }

    /** Where the task writes: sent when the buffer is full, by {@link #flush}, or when the task returns. */
    public Output output() {
        return output;
    }

    /**
     * Sends what was written, and waits until the socket has taken it.
     *
     * @throws IOException if the client has gone, or takes too little for too long
     */
    public void flush() throws IOException {
        output.flush();
        while (!writer.flush()) {
            connection.awaitWritable();
        }
        connection.allWritten();
        requireClient();
    }

    private void requireClient() throws IOException {
        if (writer.isBroken()) {
            throw new IOException("The client has gone");
        }
    }

    /**
     * Sends a part of a file after what was written, and waits until the socket has taken it. Where the system can, its
     * bytes don't pass through this process.
     *
     * @throws java.io.EOFException if the file is shorter than that
     * @throws UnreadableFileException if it can't be read
     * @throws IOException if the client has gone, or takes too little for too long
     */
    public void transfer(FileChannel file, long position, long count) throws IOException {
        flush();
        long at = position;
        long end = position + count;
        while (at < end) {
            long taken = writer.transfer(file, at, end - at);
            requireClient();
            at += taken;
            if (taken == 0 && at >= file.size()) {
                throw new EOFException(SocketWriter.SHORTER);
            }
            if (at < end) {
                connection.awaitWritable();
            }
        }
        flush();
    }

    /** The bytes that have come and haven't been consumed. */
    public Input input() {
        if (input == null) {
            byte[] leftover = connection.takeLeftover();
            input = new Input(Math.max(leftover.length, Math.min(INPUT_BYTES, connection.readBufferBytes())));
            input.load(leftover);
        }
        return input;
    }

    /**
     * Waits for more input.
     *
     * @return false if the client has closed its sending side
     * @throws java.net.SocketTimeoutException if nothing comes in time
     * @throws IOException if the client has gone
     */
    public boolean fill(long timeoutMillis) throws IOException {
        input().compact();
        return connection.awaitInput(input, timeoutMillis) >= 0;
    }

    /** Ends the task: sends what was written, and gives the input that is left back to the connection. */
    void end() {
        output.flush();
        if (input != null) {
            connection.putBackLeftover(input.leftover());
        }
    }
}
