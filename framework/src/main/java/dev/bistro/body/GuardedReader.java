package dev.bistro.body;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.MediaType;
import java.util.Optional;

/**
 * Reads by a codec, and answers 400 where the codec rejects the bytes by an exception that isn't an HttpException.
 *
 * @param codec the codec's class
 */
record GuardedReader(BodyReader reader, Class<?> codec) implements BodyReader {
    @Override
    public Object read(byte[] body, MediaType mediaType) {
        try {
            return reader.read(body, mediaType);
        } catch (Exception thrown) {
            if (ClientFault.is(thrown)) {
                throw unreadable(thrown, mediaType);
            }
            throw thrown;
        }
    }

    @Override
    public Optional<String> nameOf(Class<?> owner, String property) {
        return reader.nameOf(owner, property);
    }

    private BadRequestException unreadable(Exception thrown, MediaType mediaType) {
        String why = ClientFault.message(thrown, codec).map(said -> ": " + said).orElse("");
        var fault = new BadRequestException(
                "The body can't be read as " + mediaType.type() + "/" + mediaType.subtype() + why);
        fault.initCause(thrown);
        return fault;
    }
}
