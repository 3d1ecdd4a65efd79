package dev.bistro.coding;

import dev.bistro.http.spi.PulledBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A body that is encoded while it is pulled. The encoder's memory outside the heap is freed when the body is closed.
 */
final class EncodedBody implements PulledBody {
    /** Encoded bytes are gathered up to this size, unless the body is live. */
    private static final int ENCODED_BYTES = 8 * 1024;

    /** After this many plain bytes a piece is complete unless it is empty; encoding them takes a millisecond or two. */
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
            encoder = coding.encode(encoded); // not before, since a discarded body is never pulled
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

    /** Closes the encoder to free its memory; nobody reads what it writes. */
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
