package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.util.Optional;

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

    /**
     * The name that bodies have for a property, for the pointer to a value that isn't valid: JSON may have
     * {@code unit_price} for {@code unitPrice}. By default it is the same name.
     *
     * @param owner the class of the value that has the property
     * @param property the name of a record's component, or of a class's field
     * @return empty if bodies have such a value as a whole, without properties: the pointer ends at it then
     */
    default Optional<String> nameOf(Class<?> owner, String property) {
        return Optional.of(property);
    }
}
