package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** Finds at startup how a body is read as a type. */
public interface BodyReaders {
    /**
     * A reader of bodies of these media types as a type; empty if no codec can.
     *
     * @param consumes none for any media type that the codecs know
     */
    Optional<RequestReader> reader(Type type, List<MediaType> consumes);
}
