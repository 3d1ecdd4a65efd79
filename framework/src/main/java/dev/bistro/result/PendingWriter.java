package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.PendingPayload;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A {@link CompletionStage}: no thread waits for it; when its value is there, it is written as its type would be. */
final class PendingWriter implements ValueWriter {
    private final ResultOrigin source;
    private final ValueWriter content;

    PendingWriter(ResultOrigin source, ValueWriter content) {
        this.source = source;
        this.content = content;
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        var stage = (CompletionStage<?>) source.requireValue(value);
        return Response.of(status, Headers.empty(), PendingPayload.of(stage, (result, fault) -> {
            if (fault != null) {
                throw new CompletionException(fault);
            }
            return content.write(request, status, own, result);
        }));
    }

    @Override
    public Optional<MediaType> mediaType() {
        return content.mediaType();
    }
}
