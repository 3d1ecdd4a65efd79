package dev.bistro.http.spi;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import java.io.InputStream;

/** Decodes the content coding of a request's body. */
public interface BodyDecoder {
    /**
     * Decodes a whole body.
     *
     * @throws BadRequestException if the body isn't valid in this coding
     * @throws HttpException 413 if the decoded body is too large
     */
    byte[] decode(byte[] encoded);

    /**
     * A stream that decodes another while it is read. Reading throws a {@link BadRequestException} where the other
     * isn't valid in this coding.
     */
    InputStream decode(InputStream encoded);
}
