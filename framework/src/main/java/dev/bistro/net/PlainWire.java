package dev.bistro.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/** The bytes go as they are. */
final class PlainWire implements Wire {
    private final ReadableByteChannel source;
    private final WritableByteChannel target;
    private long sentBytes;

    /** Reads and writes a socket, or two ends within the process. */
    PlainWire(ReadableByteChannel source, WritableByteChannel target) {
        this.source = source;
        this.target = target;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return source.read(into);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int count = target.write(bytes);
        sentBytes += count;
        return count;
    }

    /** Where the system can, the file's bytes don't pass through this process. */
    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        long moved = file.transferTo(position, count, target);
        sentBytes += moved;
        return moved;
    }

    @Override
    public boolean isCopiedBySystem() {
        return target instanceof SocketChannel;
    }

    @Override
    public long sentBytes() {
        return sentBytes;
    }

    @Override
    public boolean hasInput() {
        return false;
    }

    @Override
    public boolean keepsInput() {
        return false;
    }

    @Override
    public boolean hasPending() {
        return false;
    }

    @Override
    public boolean flush() {
        return true;
    }

    /** The end of a socket's output is said by shutting it down. */
    @Override
    public boolean end() {
        return true;
    }

    @Override
    public void release() {
        // nothing is kept
    }

    @Override
    public boolean isOpen() {
        return target.isOpen();
    }

    @Override
    public void close() throws IOException {
        source.close();
        target.close();
    }
}
