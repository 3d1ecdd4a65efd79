package dev.bistro.coding;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import dev.bistro.http.spi.BodyDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decodes one request's body when it is read: within a limit as a whole, since a few bytes can unpack to very many;
 * piece by piece as a stream, which ends with the answer, as the body that comes from the socket does.
 */
final class Decoder implements BodyDecoder {
    private final Coding coding;
    private final int max;
    private DecodedStream stream;

    Decoder(Coding coding, int max) {
        this.coding = coding;
        this.max = max;
    }

    @Override
    public byte[] decode(byte[] encoded) {
        if (encoded.length == 0) {
            return encoded;
        }
        try (var decoded = coding.decode(new ByteArrayInputStream(encoded))) {
            byte[] bytes = decoded.readNBytes(max);
            if (bytes.length == max && decoded.read() >= 0) {
                throw new HttpException(
                        Status.CONTENT_TOO_LARGE, "The body is longer than " + max + " bytes when it is decoded.");
            }
            return bytes;
        } catch (IOException e) {
            throw new BadRequestException("The body is not valid " + coding.token() + ".");
        }
    }

    /** The same stream each time, since what it reads from can be read once. */
    @Override
    public InputStream decode(InputStream encoded) {
        if (stream == null) {
            stream = coding.decode(encoded);
        }
        return stream;
    }

    /** The request was answered. */
    void end() {
        if (stream != null) {
            stream.close();
        }
    }
}
