package dev.bistro.coding;

import dev.bistro.http.BadRequestException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decodes a stream while it is read; reads nothing in advance of that.
 *
 * <pre>
 *   gzip:     HEAD ──▶ DATA ── its end ──▶ the trailer is right ── more bytes ──▶ HEAD
 *                                               └──────────── none ──▶ END
 *   deflate:           DATA ── its end, and nothing behind it ──▶ END
 * </pre>
 *
 * <p>The JDK's own stream for gzip isn't used: it recurses for each empty member, takes garbage
 * behind a member for the end, and keeps its memory if the first head is broken.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#section-2.2">RFC 1952, section 2.2: members</a>
 */
final class DecodedStream extends InputStream {
    private static final int BUFFER_BYTES = 4 * 1024;

    /** Concatenated files may have a few empty members; more than that only waste the server's time. */
    private static final int MAX_EMPTY_MEMBERS = 100;

    private static final int DEFLATED = 8;
    private static final int HAS_HEAD_CHECKSUM = 0x02;
    private static final int HAS_EXTRA = 0x04;
    private static final int HAS_NAME = 0x08;
    private static final int HAS_COMMENT = 0x10;
    private static final int RESERVED = 0xE0;
    private static final int TIME_AND_SYSTEM_BYTES = 6;

    private enum Stage {
        HEAD,
        DATA,
        END
    }

    private final Coding coding;
    private final InputStream encoded;
    private final Inflater inflater;
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private Stage stage;
    private int emptyMembers;
    private volatile boolean ended;

    DecodedStream(Coding coding, InputStream encoded) {
        this.coding = coding;
        this.encoded = encoded;
        this.inflater = coding.newInflater();
        this.stage = coding == Coding.GZIP ? Stage.HEAD : Stage.DATA;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /**
     * Reads and decodes the next bytes.
     *
     * @throws BadRequestException if the bytes aren't valid in the coding
     */
    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, array.length);
        if (ended) {
            throw new IOException("The body was closed, or its request was answered");
        }
        if (length == 0) {
            return 0;
        }
        try {
            return decode(array, offset, length);
        } catch (ZipException | DataFormatException | EOFException notOfTheCoding) {
            throw new BadRequestException("The body is not valid " + coding.token() + ".");
        }
    }

    private int decode(byte[] array, int offset, int length) throws IOException, DataFormatException {
        while (stage != Stage.END) {
            if (stage == Stage.HEAD) {
                readHead();
                stage = Stage.DATA;
            }
            int count = inflate(array, offset, length);
            if (count > 0) {
                checksum.update(array, offset, count);
                return count;
            }
            stage = readTrailer();
        }
        return -1;
    }

    /** Decodes the next bytes of the data; returns 0 at its end. */
    private int inflate(byte[] array, int offset, int length) throws IOException, DataFormatException {
        int count = inflater.inflate(array, offset, length);
        while (count == 0 && !inflater.finished()) {
            require(!inflater.needsDictionary());
            require(position < limit || fill());
            inflater.setInput(buffer, position, limit - position);
            position = limit;
            count = inflater.inflate(array, offset, length);
        }
        return count;
    }

    /** Reads and checks the trailer behind the data, and returns the next stage. */
    private Stage readTrailer() throws IOException {
        position = limit - inflater.getRemaining();
        if (coding == Coding.GZIP) {
            long expected = checksum.getValue();
            require(readNumber(4) == expected);
            require(readNumber(4) == (inflater.getBytesWritten() & 0xFFFF_FFFFL));
            emptyMembers += inflater.getBytesWritten() == 0 ? 1 : 0;
            require(emptyMembers <= MAX_EMPTY_MEMBERS);
        }
        boolean more = position < limit || fill();
        require(!more || coding == Coding.GZIP);
        return more ? Stage.HEAD : Stage.END;
    }

    // ---- the head of a member: RFC 1952, section 2.3

    private void readHead() throws IOException {
        inflater.reset();
        checksum.reset();
        require(next() == 0x1F && next() == 0x8B && next() == DEFLATED);
        int flags = next();
        require((flags & RESERVED) == 0);
        skipBytes(TIME_AND_SYSTEM_BYTES);
        if ((flags & HAS_EXTRA) != 0) {
            skipBytes(readNumber(2));
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEAD_CHECKSUM) != 0) {
            long expected = checksum.getValue() & 0xFFFF;
            require(readNumber(2) == expected);
        }
        checksum.reset();
    }

    private void skipBytes(long count) throws IOException {
        for (long i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // the text ends with a zero
        }
    }

    /** A number whose lowest byte comes first. */
    private long readNumber(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (long) next() << Byte.SIZE * i;
        }
        return number;
    }

    private int next() throws IOException {
        require(position < limit || fill());
        int b = buffer[position++] & 0xFF;
        checksum.update(b);
        return b;
    }

    /** Fills the buffer; false at the end. */
    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, encoded.read(buffer));
        return limit > 0;
    }

    private static void require(boolean kept) throws ZipException {
        if (!kept) {
            throw new ZipException();
        }
    }

    /** Frees the memory outside the heap; nothing can be read any more. */
    @Override
    public void close() {
        ended = true;
        inflater.end();
    }
}
