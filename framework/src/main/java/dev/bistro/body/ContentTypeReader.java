package dev.bistro.body;

import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.http.UnsupportedMediaTypeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a body by its {@code Content-Type}. A body without one is rejected unless it is read as bytes: RFC 9110,
 * section 8.3, lets a recipient guess, and a wrong guess would show only later, as a fault of another kind.
 */
final class ContentTypeReader implements RequestReader {
    /**
     * What is accepted.
     *
     * @param mediaType a media type or range
     * @param text of the media type, as most requests send it
     * @param isBrought whether the reader is of a codec that the application brings
     */
    record Accepted(MediaType mediaType, String text, BodyReader reader, boolean isBrought) {
        Accepted(MediaType mediaType, BodyReader reader, boolean isBrought) {
            this(mediaType, mediaType.toString(), reader, isBrought);
        }
    }

    private final Accepted[] accepted;
    private final Optional<MediaType> untyped;

    /**
     * The first that accepts a media type reads it; those that can't be reached are left out.
     *
     * @param untyped the media type assumed for a body that names none; empty to reject such a body
     */
    ContentTypeReader(List<Accepted> inOrder, Optional<MediaType> untyped) {
        this.untyped = untyped;
        var reachable = new ArrayList<Accepted>();
        for (Accepted one : inOrder) {
            if (reachable.stream().noneMatch(earlier -> earlier.mediaType.includes(one.mediaType))) {
                reachable.add(one);
            }
        }
        accepted = reachable.toArray(Accepted[]::new);
    }

    @Override
    public Object read(Request request) {
        byte[] body = request.body();
        Optional<String> contentType = request.header("Content-Type");
        if (contentType.isEmpty()) {
            return readUntyped(body, request);
        }
        for (Accepted one : accepted) {
            if (one.text.equals(contentType.get())) {
                return one.reader.read(body, one.mediaType);
            }
        }
        return read(
                body,
                request.contentType().orElseThrow(() -> refuse("The Content-Type isn't a media type", request)),
                request);
    }

    private Object readUntyped(byte[] body, Request request) {
        if (body.length > 0) {
            return read(body, untyped.orElseThrow(() -> refuse("The body has no Content-Type", request)), request);
        }
        return accepted[0].reader.read(body, accepted[0].mediaType);
    }

    private Object read(byte[] body, MediaType mediaType, Request request) {
        for (Accepted one : accepted) {
            if (one.mediaType.includes(mediaType)) {
                return one.reader.read(body, mediaType);
            }
        }
        throw refuse("A body of type " + mediaType.type() + "/" + mediaType.subtype() + " isn't read here", request);
    }

    @Override
    public Optional<String> nameOf(Request request, Class<?> owner, String property) {
        Optional<MediaType> written = request.contentType();
        return Arrays.stream(accepted)
                .filter(one -> written.isEmpty() || one.mediaType.includes(written.get()))
                .findFirst()
                .flatMap(one -> one.reader.nameOf(owner, property));
    }

    private UnsupportedMediaTypeException refuse(String why, Request request) {
        return new UnsupportedMediaTypeException(why, request.method(), mediaTypes());
    }

    @Override
    public List<MediaType> mediaTypes() {
        return Arrays.stream(accepted).map(Accepted::mediaType).toList();
    }

    @Override
    public List<MediaType> broughtTypes() {
        return Arrays.stream(accepted)
                .filter(Accepted::isBrought)
                .map(Accepted::mediaType)
                .toList();
    }
}
