package dev.bistro.coding;

import dev.bistro.http.spi.PulledBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A body that is encoded while it is pulled. What the encoder has outside the heap is let go of with the body, in
 * whatever way that ends.
 */
final class EncodedBody implements PulledBody {
    /** So much is worth a piece of its own, where the client can't use less before the rest is there. */
    private static final int ENCODED_BYTES = 8 * 1024;

    /** So much is encoded at once: a millisecond's work or two. */
    private static final int PLAIN_BYTES = 64 * 1024;

    private final PulledBody plain;
    private final Coding coding;
    private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    private OutputStream encoder;
    private boolean complete;

    EncodedBody(PulledBody plain, Coding coding) {
        this.plain = plain;
        this.coding = coding;
    }

    @Override
    public byte[] next() throws IOException {
        if (encoder == null) {
            encoder = coding.encode(encoded); // not before, since a body that nobody wants is never asked
        }
        int taken = 0;
        while (!complete && !isEnough(taken)) {
            taken += encodeNext();
        }
        byte[] piece = encoded.toByteArray();
        encoded.reset();
        return piece;
    }

    private boolean isEnough(int taken) {
        return encoded.size() >= ENCODED_BYTES || taken >= PLAIN_BYTES && encoded.size() > 0 || taken > 0 && isLive();
    }

    private int encodeNext() throws IOException {
        byte[] piece = plain.next();
        if (piece.length == 0) {
            complete = true;
            encoder.close();
        } else {
            encoder.write(piece);
            if (isLive()) {
                encoder.flush();
            }
        }
        return piece.length;
    }

    @Override
    public boolean isLive() {
        return plain.isLive();
    }

    /** To close the encoder lets go of what it has, and what it writes is for nobody. */
    @Override
    public void close() throws IOException {
        try {
            if (encoder != null) {
                encoder.close();
            }
        } finally {
            plain.close();
        }
    }
}
