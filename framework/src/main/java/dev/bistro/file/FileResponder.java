package dev.bistro.file;

import dev.bistro.file.ByteRanges.Span;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.EntityTag;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpDate;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Preconditions;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.PulledPayload;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes the response of one file to one request: checks preconditions, then ranges, and makes the body. */
final class FileResponder {
    private static final int MAX_TRIES = 5;

    private final Request request;
    private final FileSource source;
    private final Status status;
    private final MediaType type;
    private final Headers given; // by the application
    private final boolean precompressed;

    FileResponder(
            Request request, FileSource source, Status status, MediaType type, Headers given, boolean precompressed) {
        this.request = request;
        this.source = source;
        this.status = status;
        this.type = type;
        this.given = given;
        this.precompressed = precompressed;
    }

    Response<Payload> respond() {
        try {
            EncodedVariant variant =
                    precompressed ? EncodedVariant.choose(request, source) : EncodedVariant.plain(source);
            return respond(variant);
        } catch (NoSuchFileException missing) {
            throw SafePath.notFound();
        } catch (AccessDeniedException notOurs) {
            throw new ForbiddenException("That file is not allowed to be read");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Tries again if the file has changed before its bytes were read, so that they are those of its tag. A file that
     * changes all the time is sent as it was once, with a tag that never matches anything.
     */
    private Response<Payload> respond(EncodedVariant variant) throws IOException {
        for (int i = 1; ; i++) {
            FileContent content = variant.source().open();
            try {
                Optional<Response<Payload>> response = respond(content, variant, i == MAX_TRIES);
                if (response.isPresent()) {
                    return response.get();
                }
            } catch (EOFException shorter) {
                if (i == MAX_TRIES || !content.hasChanged()) {
                    throw shorter;
                }
            }
        }
    }

    /** Closes the file, unless the body reads it later. Empty if what was read may not be what the tag says. */
    private Optional<Response<Payload>> respond(FileContent content, EncodedVariant variant, boolean isLastTry)
            throws IOException {
        boolean pulled = false;
        try {
            EntityTag tag =
                    givenTag().orElseGet(() -> isLastTry ? OpenFile.unknownState() : content.tag(variant.coding()));
            Instant lastModified = givenTime().orElseGet(() -> notInFuture(content.lastModified()));
            String date = lastModified.equals(content.lastModified()) ? content.date() : HttpDate.format(lastModified);
            if (status == Status.OK && Preconditions.check(request, tag, lastModified)) {
                return Optional.of(Response.of(Status.NOT_MODIFIED, headers(tag, date, variant), Payload.NONE));
            }
            Response<FileBody> response =
                    body(content, typedHeaders(content, tag, date, variant), ranges(content, tag, lastModified));
            FileBody body = response.body().orElseThrow();
            pulled = !body.isSmall();
            if (pulled) {
                return Optional.of(response.withBody(new PulledPayload(body, OptionalLong.of(body.length()))));
            }
            Payload bytes = new BytesPayload(body.readAll());
            boolean isKnown = tag.isWeak() || !content.hasChanged();
            return isKnown ? Optional.of(response.withBody(bytes)) : Optional.empty();
        } finally {
            if (!pulled) {
                content.close();
            }
        }
    }

    /** The application's own validators are what the client sees, and so what its conditions are about. */
    private Optional<EntityTag> givenTag() {
        return given.first("ETag")
                .flatMap(text -> EntityTag.parseList(text).stream().findFirst());
    }

    private Optional<Instant> givenTime() {
        return given.first("Last-Modified").flatMap(HttpDate::parse);
    }

    /**
     * A time in the future becomes now, as RFC 9110, section 8.8.2.1, demands.
     */
    private static Instant notInFuture(Instant lastModified) {
        Instant now = Instant.now();
        return lastModified.isAfter(now) ? now : lastModified;
    }

    /** Those of an answer with content. Where they follow from a kept file's state alone, they are made once for it. */
    private Headers typedHeaders(FileContent content, EntityTag tag, String date, EncodedVariant variant) {
        if (content instanceof KeptFile kept && !precompressed) {
            return kept.fields(tag, date, type, given, () -> typed(headers(tag, date, variant)));
        }
        return typed(headers(tag, date, variant));
    }

    private Headers typed(Headers headers) {
        return given.contains("Content-Type") ? headers : headers.with("Content-Type", type.toString());
    }

    private Headers headers(EntityTag tag, String date, EncodedVariant variant) {
        Headers headers = Headers.of("ETag", tag.toString(), "Last-Modified", date, "Accept-Ranges", "bytes");
        if (!variant.coding().isEmpty()) {
            headers = headers.plus("Content-Encoding", variant.coding());
        }
        headers = headers.with(given); // the application's replace ours
        return precompressed ? headers.plus("Vary", "Accept-Encoding") : headers;
    }

    private Response<FileBody> body(FileContent content, Headers headers, ByteRanges asked) {
        if (!asked.valid()) {
            return Response.of(status, headers, FileBody.whole(content));
        }
        if (asked.ranges().isEmpty()) {
            throw new HttpException(
                    Status.RANGE_NOT_SATISFIABLE,
                    "The file has " + content.size() + " bytes; none of them is in the range.",
                    Headers.of("Content-Range", "bytes */" + content.size()),
                    List.of());
        }
        if (asked.ranges().size() == 1) {
            Span only = asked.ranges().get(0);
            Headers ranged = headers.with("Content-Range", MultipartRanges.contentRange(only, content.size()));
            return Response.of(Status.PARTIAL_CONTENT, ranged, FileBody.part(content, only));
        }
        var multipart = MultipartRanges.create(headers.first("Content-Type").orElseThrow(), content.size());
        return Response.of(
                Status.PARTIAL_CONTENT,
                headers.with("Content-Type", multipart.contentType()),
                multipart.body(content, asked.ranges()));
    }

    /**
     * Ranges count for GET only (RFC 9110, section 14.2), and only if {@code If-Range} names this state of the file.
     */
    private ByteRanges ranges(FileContent content, EntityTag tag, Instant lastModified) {
        boolean counts = status == Status.OK
                && request.method().equals(Method.GET)
                && Preconditions.allowsRange(request, tag, lastModified);
        String field = counts ? request.headers().combined("Range").orElse("") : "";
        ByteRanges asked = ByteRanges.parse(field, content.size());
        return content.seeksBackwards() ? asked : asked.ascending();
    }
}
