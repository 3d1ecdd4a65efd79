package dev.bistro.result;

import dev.bistro.http.spi.PulledBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A body that is read from a stream, which is closed in any case. A piece is what one read returns; pieces may grow
 * while reads fill them.
 */
final class InputStreamBody implements PulledBody {
    private static final int FIRST_BYTES = 8 * 1024;

    private final InputStream input;
    private int size = FIRST_BYTES;

    InputStreamBody(InputStream input) {
        this.input = input;
    }

    @Override
    public byte[] next() throws IOException {
        byte[] piece = new byte[size];
        int count = input.read(piece);
        if (count == size) {
            size = Math.min(2 * size, MAX_PIECE_BYTES);
            return piece;
        }
        return Arrays.copyOf(piece, Math.max(0, count));
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
