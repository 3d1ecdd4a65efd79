package dev.bistro.coding;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes encoded what is written to it; a flush reaches the client. Its deflater has some 250 KiB outside the heap, which {@link #end} lets go of: it is called
 * however the writing has ended. {@link #finish} and {@link #close} say that all was written.
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

    /** Writes what is left, and the end; the second time nothing. */
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

    /** Four bytes, the lowest first. */
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

    /** Lets go of the memory outside the heap. What was not finished stays so, so that a client can tell that it isn't whole. */
    void end() {
        ended = true;
        def.end();
    }
}
