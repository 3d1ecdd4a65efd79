package dev.bistro.result;

import dev.bistro.http.EntityTag;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.Tokens;
import java.util.Optional;

/**
 * A record one component of which is its version, and so its entity tag: {@code "7"} as JSON, {@code "7!csv"} as {@code text/csv}, since each representation of a state has a strong
 * validator of its own (RFC 9110, section 8.8.1).
 */
final class VersionedWriter implements ValueWriter {
    private final ResultOrigin source;
    private final ComponentAccessor version;
    private final ValueWriter content;
    private final Optional<String> format;

    VersionedWriter(ResultOrigin source, ComponentAccessor version, ValueWriter content) {
        this.source = source;
        this.version = version;
        this.content = content;
        this.format = content.mediaType()
                .filter(type -> !MediaType.JSON.includes(type))
                .map(MediaType::subtype)
                .filter(Tokens::isToken);
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        EntityTag plain = EntityTag.ofVersion(version.of(source.requireValue(value)));
        EntityTag tag = format.map(plain::as).orElse(plain);
        return Validators.tagged(request, content.write(request, status, own, value), tag);
    }

    @Override
    public Optional<MediaType> mediaType() {
        return content.mediaType();
    }
}
