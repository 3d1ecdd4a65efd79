package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** Finds, at startup, how a body is read as a type. */
public interface BodyReaders {
    /** Reads bodies of these media types (of any that the codecs know, where the list is empty) as a type; empty if no codec can. */
    Optional<RequestReader> reader(Type type, List<MediaType> consumes);
}
