package dev.bistro.body;

import dev.bistro.html.Html;
import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Writes pages. They are never read: a client's markup can't be trusted. */
public final class HtmlCodec implements BodyCodec {
    /** The codec. */
    public HtmlCodec() {}

    @Override
    public List<MediaType> mediaTypes() {
        return List.of(MediaType.HTML);
    }

    @Override
    public Optional<BodyReader> reader(Type type) {
        return Optional.empty();
    }

    @Override
    public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
        return type == Html.class
                ? Optional.of(value -> value.toString().getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
