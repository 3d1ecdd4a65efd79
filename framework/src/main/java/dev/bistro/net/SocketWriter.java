package dev.bistro.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a connection's socket as much as it takes, and keeps the rest for later. Belongs to the connection's owner.
 * Never throws because of a client: when it has gone, the writer is broken, and everything counts as written.
 */
final class SocketWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SocketWriter.class);

    /** With larger pieces the JDK would keep a direct buffer of their size for each thread that writes. */
    private static final int MAX_WRITE = 128 * 1024;

    /** No system has smaller pages, and all have multiples of it. */
    private static final long LEAST_PAGE = 4 * 1024;

    static final String SHORTER = "The file became shorter while it was sent";

    private final long connectionId;
    private final Wire wire;
    private final ByteBudget budget;
    private final Queue<ByteBuffer> pending = new ArrayDeque<>();
    private long pendingBytes;
    private boolean awaitsRoom; // for the rest of a file
    private boolean broken;

    SocketWriter(long connectionId, Wire wire, ByteBudget budget) {
        this.connectionId = connectionId;
        this.wire = wire;
        this.budget = budget;
    }

    /** Whether output waits for the socket to take it, be it here or in a file. */
    boolean hasPending() {
        return pendingBytes > 0 || awaitsRoom || wire.hasPending();
    }

    /** The number of bytes that the socket has taken in all. */
    long writtenBytes() {
        return wire.sentBytes();
    }

    /** Whether the client has gone, or the connection was broken off. */
    boolean isBroken() {
        return broken;
    }

    /** Breaks the connection off: drops pending output, and writes nothing from now on. */
    void breakOff() {
        broken = true;
        for (ByteBuffer bytes = pending.poll(); bytes != null; bytes = pending.poll()) {
            budget.give(bytes.capacity());
        }
        pendingBytes = 0;
        awaitsRoom = false;
        wire.release();
    }

    /**
     * Tells the client that nothing more is sent, where the wire has a way to; everything else has gone out. Returns
     * whether that has gone out too.
     */
    boolean end() throws IOException {
        return broken || wire.end();
    }

    /** Sends bytes that nobody changes afterwards. */
    void send(ByteBuffer bytes) {
        if (hasPending() || !write(bytes)) {
            keep(bytes);
        }
    }

    /** Sends bytes whose buffer is reused afterwards. */
    void sendCopy(ByteBuffer bytes) {
        if (hasPending() || !write(bytes)) {
            keep(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
        }
    }

    /**
     * Sends as much of a part of a file as the socket takes, and returns how much that was. Nothing else may be
     * pending. The rest counts as pending until there is room for more of it.
     *
     * @param mapped the whole file in memory, or null
     * @throws UnreadableFileException if it is the file that fails
     */
    long transfer(FileChannel file, long position, long count, ByteBuffer mapped) throws UnreadableFileException {
        if (broken) {
            return 0;
        }
        try {
            int ofMapping = mapped == null ? 0 : mappedBytes(mapped, file, position, count);
            long moved = ofMapping == 0 ? 0 : wire.write(mapped.slice((int) position, ofMapping));
            if (moved == ofMapping && moved < count) {
                moved += wire.transferFrom(file, position + moved, count - moved);
            }
            awaitsRoom = moved < count;
            return moved;
        } catch (IOException e) {
            requireReadable(file, position);
            giveUp(e);
            return 0;
        }
    }

    /**
     * How much is written from a mapping. Behind a file's new end this has zeros up to the end of a page, and nothing
     * after it; so the last page is sent from the file, and an answer with zeros never becomes complete.
     */
    private static int mappedBytes(ByteBuffer mapped, FileChannel file, long position, long count) throws IOException {
        if (file.size() < mapped.capacity()) {
            return 0; // the file tells where it ends
        }
        long lastPage = Math.max(0, mapped.capacity() - 1) & -LEAST_PAGE;
        return (int) Math.max(0, Math.min(count, lastPage - position));
    }

    boolean isCopiedBySystem() {
        return wire.isCopiedBySystem();
    }

    /** As {@link #transfer(FileChannel, long, long, ByteBuffer)}, of a file that isn't mapped. */
    long transfer(FileChannel file, long position, long count) throws UnreadableFileException {
        return transfer(file, position, count, null);
    }

    /**
     * Throws if a byte of the file can't be read either: the system doesn't say which side of a transfer has failed.
     */
    private static void requireReadable(FileChannel file, long position) throws UnreadableFileException {
        try {
            if (file.read(ByteBuffer.allocate(1), position) < 0) {
                throw new EOFException(SHORTER);
            }
        } catch (ClosedChannelException interrupted) {
            // interrupting a thread while it sends closes the file; that is no fault of the file
        } catch (IOException e) {
            throw new UnreadableFileException(e);
        }
    }

    /**
     * Keeps bytes for later. The whole buffer counts until all of it has gone out, since its memory is in use until
     * then.
     */
    private void keep(ByteBuffer bytes) {
        pending.add(bytes);
        pendingBytes += bytes.remaining();
        budget.take(bytes.capacity());
    }

    /** Writes what was kept, when the socket has room; returns whether that was all. */
    boolean flush() {
        awaitsRoom = false;
        while (pendingBytes > 0) {
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
        return !wire.hasPending() || flushWire();
    }

    private boolean flushWire() {
        try {
            return broken || wire.flush();
        } catch (IOException gone) {
            giveUp(gone);
            return true;
        }
    }

    /** Writes as much as the socket takes; returns whether that was all. */
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
                written = wire.write(bytes);
                bytes.limit(end);
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
