package dev.bistro.coding;

import java.io.IOException;
import java.io.InputStream;

/** A decoded stream that fails with 413 behind so many bytes: few bytes can decode to very many. */
final class LimitedStream extends InputStream {
    private final DecodedStream decoded;
    private final long max;
    private long total;

    LimitedStream(DecodedStream decoded, long max) {
        this.decoded = decoded;
        this.max = max;
    }

    @Override
    public int read() throws IOException {
        int b = decoded.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        int read = decoded.read(array, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) {
        total += bytes;
        if (total > max) {
            throw Decoder.tooLarge(max);
        }
    }

    @Override
    public void close() {
        decoded.close();
    }
}
