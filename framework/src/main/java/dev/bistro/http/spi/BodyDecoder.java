package dev.bistro.http.spi;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import java.io.InputStream;

/** Takes a content coding off a request's body. */
public interface BodyDecoder {
    /**
     * Decodes a whole body.
     *
     * @throws BadRequestException if it isn't of the coding
     * @throws HttpException 413 if it is too long when it is decoded
     */
    byte[] decode(byte[] encoded);

    /** A stream that decodes another while it is read; it throws a {@link BadRequestException} where that isn't of the coding. */
    InputStream decode(InputStream encoded);
}
