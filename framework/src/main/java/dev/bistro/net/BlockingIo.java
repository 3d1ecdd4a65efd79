package dev.bistro.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Reading and writing for a thread that a connection was handed off to, which may wait. The client sends no faster than we read, and we
 * write no faster than it takes.
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

    /** What is written here goes out when it is much, with {@link #flush}, or when the task returns. */
    public Output output() {
        return output;
    }

    /**
     * Sends what was written, and waits until the client's side has taken it.
     *
     * @throws IOException if the client has gone, or takes nothing for too long
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
     * Sends a part of a file after what was written, without its bytes coming through this process where the system can do that, and waits until the
     * client's side has taken it.
     *
     * @throws java.io.EOFException if the file ends before
     * @throws UnreadableFileException if it can't be read
     * @throws IOException if the client has gone, or takes nothing for too long
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
                throw new EOFException("The file became shorter while it was sent");
            }
            if (at < end) {
                connection.awaitWritable();
            }
        }
        connection.allWritten();
    }

    /** The bytes that have come and weren't dealt with. */
    public Input input() {
        if (input == null) {
            byte[] leftover = connection.takeLeftover();
            input = new Input(Math.max(leftover.length, Math.min(INPUT_BYTES, connection.readBufferBytes())));
            input.load(leftover);
        }
        return input;
    }

    /**
     * Waits until there is more input.
     *
     * @return false if the client has sent all that it will
     * @throws java.net.SocketTimeoutException if nothing comes in time
     * @throws IOException if the client has gone
     */
    public boolean fill(long timeoutMillis) throws IOException {
        input().compact();
        return connection.awaitInput(input, timeoutMillis) >= 0;
    }

    /** The task is done. */
    void end() {
        output.flush();
        if (input != null) {
            connection.putBackLeftover(input.leftover());
        }
    }
}
