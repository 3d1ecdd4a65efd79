package dev.bistro.body;

import dev.bistro.http.MediaType;

/** Reads bodies as values of one type. */
@FunctionalInterface
public interface BodyReader {
    /**
     * Reads a body.
     *
     * @param body the bytes, perhaps none
     * @param mediaType the request's media type with its parameters; a default if the request named none
     * @throws dev.bistro.http.BadRequestException if the bytes aren't of the format, with line and column if it has
     *     lines
     * @throws dev.bistro.http.UnprocessableContentException if they are, but don't fit the type, with a pointer to
     *     where
     * @throws dev.bistro.http.UnsupportedMediaTypeException if a parameter of the media type isn't supported, such as a
     *     charset
     */
    Object read(byte[] body, MediaType mediaType);
}
