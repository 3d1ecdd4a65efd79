package dev.bistro.result;

import dev.bistro.http.EntityTag;
import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;

/** A record one component of which is its version, and so its entity tag. */
final class VersionedWriter implements ValueWriter {
    private final Source source;
    private final Component version;
    private final ValueWriter content;

    VersionedWriter(Source source, Component version, ValueWriter content) {
        this.source = source;
        this.version = version;
        this.content = content;
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        EntityTag tag = EntityTag.ofVersion(version.of(source.requireValue(value)));
        return Validators.tagged(request, content.write(request, status, own, value), tag);
    }
}
