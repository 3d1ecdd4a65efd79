package dev.bistro.coding;

import dev.bistro.http.BadRequestException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** A stream that is decoded from the first read on: to make a gzip stream already reads its header, which may not have come yet. */
final class DecodedStream extends InputStream {
    private final Coding coding;
    private final InputStream encoded;
    private InputStream decoded;

    DecodedStream(Coding coding, InputStream encoded) {
        this.coding = coding;
        this.encoded = encoded;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        try {
            if (decoded == null) {
                decoded = coding.decode(encoded);
            }
            return decoded.read(array, offset, length);
        } catch (ZipException | EOFException notOfTheCoding) {
            throw new BadRequestException("The body is not valid " + coding.token() + ".");
        }
    }

    @Override
    public void close() throws IOException {
        if (decoded != null) {
            decoded.close();
        }
    }
}
