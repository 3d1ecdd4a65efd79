package dev.bistro.body;

/** Reads bodies as values of one type. */
@FunctionalInterface
public interface BodyReader {
    /**
     * Reads a body.
     *
     * @throws dev.bistro.http.BadRequestException if the bytes aren't of the format, with line and column where there are such
     * @throws dev.bistro.http.UnprocessableContentException if they are, but don't fit the type, with a pointer to where
     */
    Object read(byte[] body);
}
