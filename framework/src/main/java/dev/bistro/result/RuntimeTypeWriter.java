package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value whose type is known only when it is there ({@code Object}, {@code Response<?>}): it is written by its class. How that is done is found
 * once for each class, and forgotten with the class.
 */
final class RuntimeTypeWriter implements ValueWriter {
    private final ResultOrigin source;
    private final Optional<MediaType> mediaType;
    private final ClassValue<ValueWriter> writers;

    /**
     * @param mediaType what all of them are written as, if that is known
     */
    RuntimeTypeWriter(ResultOrigin source, Optional<MediaType> mediaType, Function<Class<?>, ValueWriter> writerOf) {
        this.source = source;
        this.mediaType = mediaType;
        this.writers = new ClassValue<>() {
            @Override
            protected ValueWriter computeValue(Class<?> type) {
                return writerOf.apply(type);
            }
        };
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        Class<?> type = source.requireValue(value).getClass();
        return writers.get(type).write(request, status, own, value);
    }

    @Override
    public Optional<MediaType> mediaType() {
        return mediaType;
    }
}
