package dev.bistro.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/**
 * Bytes on their way between a client and the server, in a buffer of limited size. The server's side never waits, like
 * a non-blocking socket; the client's side waits. Guarded by a lock that both sides share.
 */
final class MemoryPipe {
    private static final int CAPACITY = 64 * 1024;

    private final Lock lock;
    private final Condition changed;
    private final byte[] bytes = new byte[CAPACITY];
    private int first;
    private int count;
    private boolean ended; // the writer has closed its side
    private boolean broken; // the reader has closed its side

    MemoryPipe(Lock lock, Condition changed) {
        this.lock = lock;
        this.changed = changed;
    }

    /** Whether a reader needn't wait: there are bytes, or the end. */
    boolean isReadable() {
        return count > 0 || ended;
    }

    /** Whether a writer needn't wait: there is room, or the reader has closed its side. */
    boolean isWritable() {
        return count < CAPACITY || broken;
    }

    /** Closes the writer's side; bytes in the pipe can still be read. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the reader's side. */
    void breakOff() {
        lock.lock();
        try {
            broken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The server's side for reading: reads 0 bytes where there are none yet, -1 at the end. */
    ReadableByteChannel source() {
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) {
                return take(target);
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                breakOff();
            }
        };
    }

    /** The server's side for writing: writes 0 bytes where there is no room. */
    WritableByteChannel sink() {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                return put(source);
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    private int take(ByteBuffer target) {
        lock.lock();
        try {
            if (count == 0) {
                return ended ? -1 : 0;
            }
            int taken = Math.min(count, target.remaining());
            int straight = Math.min(taken, CAPACITY - first);
            target.put(bytes, first, straight).put(bytes, 0, taken - straight);
            first = (first + taken) % CAPACITY;
            count -= taken;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private int put(ByteBuffer source) throws IOException {
        lock.lock();
        try {
            if (broken || ended) {
                throw new IOException("The other side is closed");
            }
            int given = Math.min(CAPACITY - count, source.remaining());
            int at = (first + count) % CAPACITY;
            int straight = Math.min(given, CAPACITY - at);
            source.get(bytes, at, straight).get(bytes, 0, given - straight);
            count += given;
            changed.signalAll();
            return given;
        } finally {
            lock.unlock();
        }
    }

    /** The client's side for reading, which waits at most this long for a byte. */
    InputStream input(long timeoutMillis) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] array, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, array.length);
                if (length == 0) {
                    return 0;
                }
                await(MemoryPipe.this::isReadable, timeoutMillis);
                return take(ByteBuffer.wrap(array, offset, length));
            }
        };
    }

    /** The client's side for writing. */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] array, int offset, int length) throws IOException {
                var source = ByteBuffer.wrap(array, offset, length);
                while (source.hasRemaining()) {
                    await(MemoryPipe.this::isWritable, Long.MAX_VALUE / 1_000_000);
                    put(source);
                }
            }
        };
    }

    private void await(BooleanSupplier state, long timeoutMillis) throws IOException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            while (!state.getAsBoolean()) {
                if (left <= 0) {
                    throw new SocketTimeoutException("The server sent nothing within " + timeoutMillis + " ms");
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the server");
        } finally {
            lock.unlock();
        }
    }
}
