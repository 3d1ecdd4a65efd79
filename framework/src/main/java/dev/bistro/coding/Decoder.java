package dev.bistro.coding;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import dev.bistro.http.spi.BodyDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decodes one request's body when it is read. A body that is read as a whole has a limit on its decoded size, since a
 * few bytes can decode to very many. One that is read as a stream ends with the answer, like the stream from the
 * socket.
 */
final class Decoder implements BodyDecoder {
    private final Coding coding;
    private final int max;
    private final long maxStreamed;
    private LimitedStream stream;

    /**
     * A decoder for one request.
     *
     * @param max how many bytes a body may have when it is decoded as a whole
     * @param maxStreamed the same for one that is decoded while it is read
     */
    Decoder(Coding coding, int max, long maxStreamed) {
        this.coding = coding;
        this.max = max;
        this.maxStreamed = maxStreamed;
    }

    @Override
    public byte[] decode(byte[] encoded) {
        if (encoded.length == 0) {
            return encoded;
        }
        try (var decoded = coding.decode(new ByteArrayInputStream(encoded))) {
            byte[] bytes = decoded.readNBytes(max);
            if (bytes.length == max && decoded.read() >= 0) {
                throw tooLarge(max);
            }
            return bytes;
        } catch (IOException e) {
            throw new BadRequestException("The body is not valid " + coding.token() + ".");
        }
    }

    /** Returns the same stream each time, since the encoded one can be read only once. */
    @Override
    public InputStream decode(InputStream encoded) {
        if (stream == null) {
            stream = new LimitedStream(coding.decode(encoded), maxStreamed);
        }
        return stream;
    }

    /** Closes the stream, since the request was answered. */
    void end() {
        if (stream != null) {
            stream.close();
        }
    }

    static HttpException tooLarge(long max) {
        return new HttpException(
                Status.CONTENT_TOO_LARGE, "The body is longer than " + max + " bytes when it is decoded.");
    }
}
