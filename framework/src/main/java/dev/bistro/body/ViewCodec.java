package dev.bistro.body;

import dev.bistro.html.TemplateRenderer;
import dev.bistro.html.View;
import dev.bistro.http.MediaType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes views with the application's template library. A page is rendered completely before it is sent, so that a
 * failure is a 500 and not half a page.
 */
public final class ViewCodec implements BodyCodec {
    private static final List<MediaType> MEDIA_TYPES = List.of(MediaType.HTML, MediaType.parse("text/*;charset=utf-8"));

    private final TemplateRenderer renderer;

    /** Renders with this renderer. */
    public ViewCodec(TemplateRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public List<MediaType> mediaTypes() {
        return MEDIA_TYPES;
    }

    @Override
    public Optional<BodyReader> reader(Type type) {
        return Optional.empty();
    }

    @Override
    public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
        return type == View.class ? Optional.of(value -> render((View) value)) : Optional.empty();
    }

    private byte[] render(View view) {
        var page = new StringWriter();
        try {
            renderer.render(view, page);
        } catch (IOException e) {
            throw new UncheckedIOException("The template " + view.name() + " can't be read", e);
        }
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }
}
