package dev.bistro.coding;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Encodes what is written to it; a flush sends everything to the client. Its deflater has some 250 KiB outside the
 * heap, which {@link #end} frees; it must be called however the writing ends. {@link #finish} and {@link #close}
 * complete the encoded data.
 */
final class EncodedOutput extends DeflaterOutputStream {
    private static final int BUFFER_BYTES = 4 * 1024;
    private static final byte[] GZIP_HEAD = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

    private final boolean gzip;
    private final CRC32 checksum = new CRC32();
    private boolean begun;
    private volatile boolean ended;

    EncodedOutput(Coding coding, OutputStream plain) {
        super(plain, coding.newDeflater(), BUFFER_BYTES, true);
        this.gzip = coding == Coding.GZIP;
    }

    @Override
    public void write(byte[] array, int offset, int count) throws IOException {
        begin();
        super.write(array, offset, count);
        checksum.update(array, offset, count);
    }

    @Override
    public void flush() throws IOException {
        begin();
        super.flush();
    }

    /** Writes what is left, and the trailer; a second call does nothing. */
    @Override
    public void finish() throws IOException {
        if (ended || def.finished()) {
            return;
        }
        begin();
        super.finish();
        if (gzip) {
            writeNumber((int) checksum.getValue());
            writeNumber((int) def.getBytesRead());
        }
    }

    private void begin() throws IOException {
        if (ended) {
            throw new IOException("The response has ended: nothing can be written any more");
        }
        if (gzip && !begun) {
            out.write(GZIP_HEAD);
        }
        begun = true;
    }

    /** Writes four bytes, the lowest first. */
    private void writeNumber(int number) throws IOException {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(number >> shift);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            end();
        }
    }

    /**
     * Frees the memory outside the heap. Unfinished data stays incomplete, so that a client notices.
     */
    void end() {
        ended = true;
        def.end();
    }
}
