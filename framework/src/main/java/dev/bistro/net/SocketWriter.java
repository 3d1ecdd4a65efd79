package dev.bistro.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a connection's socket what it takes, and keeps the rest in order. Belongs to the connection's owner. Throws nothing for a client: once it
 * has gone, everything counts as taken, and the writer is broken.
 */
final class SocketWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SocketWriter.class);

    /** A larger piece would make the JDK keep a direct buffer of its size for each thread that writes. */
    private static final int MAX_WRITE = 128 * 1024;

    private final long connectionId;
    private final WritableByteChannel channel;
    private final ByteBudget budget;
    private final Queue<ByteBuffer> pending = new ArrayDeque<>();
    private long pendingBytes;
    private long writtenBytes;
    private boolean broken;

    SocketWriter(long connectionId, WritableByteChannel channel, ByteBudget budget) {
        this.connectionId = connectionId;
        this.channel = channel;
        this.budget = budget;
    }

    /** Whether something waits for the socket to take it. */
    boolean hasPending() {
        return pendingBytes > 0;
    }

    /** How many bytes the socket has taken, ever. */
    long writtenBytes() {
        return writtenBytes;
    }

    /** Whether the client has gone, or the connection was given up. */
    boolean isBroken() {
        return broken;
    }

    /** Gives the connection up. */
    void breakOff() {
        broken = true;
        for (ByteBuffer bytes = pending.poll(); bytes != null; bytes = pending.poll()) {
            budget.give(bytes.capacity());
        }
        pendingBytes = 0;
    }

    /** Sends bytes that stay as they are. */
    void send(ByteBuffer bytes) {
        if (hasPending() || !write(bytes)) {
            keep(bytes);
        }
    }

    /** Sends bytes whose buffer is used for others after this. */
    void sendCopy(ByteBuffer bytes) {
        if (hasPending() || !write(bytes)) {
            keep(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
        }
    }

    /**
     * Sends as much of a part of a file as the socket takes, when nothing else waits; how much that was.
     *
     * @throws UnreadableFileException if it is the file that fails
     */
    long transfer(FileChannel file, long position, long count) throws UnreadableFileException {
        if (broken) {
            return 0;
        }
        try {
            long moved = file.transferTo(position, count, channel);
            writtenBytes += moved;
            return moved;
        } catch (IOException e) {
            requireReadable(file, position);
            giveUp(e);
            return 0;
        }
    }

    /** The system doesn't say which side has failed: it is the file, if a byte of it can't be read by itself either. */
    private static void requireReadable(FileChannel file, long position) throws UnreadableFileException {
        try {
            file.read(ByteBuffer.allocate(1), position);
        } catch (ClosedChannelException interrupted) {
            // a thread that is stopped while it sends closes the file as well: nothing is wrong with that
        } catch (IOException e) {
            throw new UnreadableFileException(e);
        }
    }

    /** What is kept counts as a whole until all of it has gone out, since the memory is held until then. */
    private void keep(ByteBuffer bytes) {
        pending.add(bytes);
        pendingBytes += bytes.remaining();
        budget.take(bytes.capacity());
    }

    /** Writes what was kept; whether that was all. */
    boolean flush() {
        while (hasPending()) {
            ByteBuffer next = pending.peek();
            int before = next.remaining();
            boolean all = write(next);
            if (broken) {
                return true;
            }
            pendingBytes -= before - next.remaining();
            if (!all) {
                return false;
            }
            budget.give(next.capacity());
            pending.remove();
        }
        return true;
    }

    /** Writes as much as the socket takes; whether that was all. */
    private boolean write(ByteBuffer bytes) {
        if (broken) {
            return true;
        }
        try {
            int end = bytes.limit();
            int asked;
            int written;
            do {
                asked = Math.min(MAX_WRITE, end - bytes.position());
                bytes.limit(bytes.position() + asked);
                written = channel.write(bytes);
                bytes.limit(end);
                writtenBytes += written;
            } while (written == asked && bytes.hasRemaining());
            return !bytes.hasRemaining();
        } catch (IOException gone) {
            giveUp(gone);
            return true;
        }
    }

    private void giveUp(IOException gone) {
        LOG.debug("[c{}] The client is gone: {}", connectionId, gone.toString());
        breakOff();
    }
}
