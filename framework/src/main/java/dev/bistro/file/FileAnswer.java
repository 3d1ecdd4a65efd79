package dev.bistro.file;

import dev.bistro.file.ByteRanges.Span;
import dev.bistro.http.EntityTag;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpDate;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Payload;
import dev.bistro.http.Preconditions;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Makes one answer of one file: conditions first, then ranges, then the body. */
final class FileAnswer {
    private final Request request;
    private final Path path;
    private final Status status;
    private final MediaType type;
    private final Headers own;
    private final boolean precompressed;

    FileAnswer(Request request, Path path, Status status, MediaType type, Headers own, boolean precompressed) {
        this.request = request;
        this.path = path;
        this.status = status;
        this.type = type;
        this.own = own;
        this.precompressed = precompressed;
    }

    Response<Payload> make() {
        try {
            Variant variant = precompressed ? Variant.choose(request, path) : Variant.plain(path);
            OpenFile file = OpenFile.open(variant.path());
            return make(file, variant);
        } catch (NoSuchFileException missing) {
            throw new NotFoundException("There is no such file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes it of an open file, which is closed unless the body reads on. */
    private Response<Payload> make(OpenFile file, Variant variant) throws IOException {
        boolean streamed = false;
        try {
            EntityTag tag = file.tag(variant.coding());
            Headers headers = headers(file, tag, variant);
            if (status == Status.OK && Preconditions.check(request, tag, file.lastModified())) {
                return Response.of(Status.NOT_MODIFIED, headers, Payload.NONE);
            }
            headers = own.contains("Content-Type") ? headers : headers.with("Content-Type", type.toString());
            Response<FileBody> response = body(file, headers, tag);
            FileBody body = response.body().orElseThrow();
            streamed = !body.isSmall();
            Payload payload = streamed
                    ? new Payload.Stream(body, OptionalLong.of(body.length()))
                    : new Payload.Bytes(body.readAll());
            return response.withBody(payload);
        } finally {
            if (!streamed) {
                file.close();
            }
        }
    }

    private Headers headers(OpenFile file, EntityTag tag, Variant variant) {
        Headers headers = Headers.of(
                "ETag", tag.toString(),
                "Last-Modified", HttpDate.format(file.lastModified()),
                "Accept-Ranges", "bytes");
        if (precompressed) {
            headers = headers.plus("Vary", "Accept-Encoding");
        }
        if (!variant.coding().isEmpty()) {
            headers = headers.plus("Content-Encoding", variant.coding());
        }
        for (int i = 0; i < own.size(); i++) {
            headers = headers.with(own.name(i), own.value(i));
        }
        return headers;
    }

    private Response<FileBody> body(OpenFile file, Headers headers, EntityTag tag) {
        ByteRanges asked = ranges(file, tag);
        if (!asked.valid()) {
            return Response.of(status, headers, FileBody.whole(file));
        }
        if (asked.ranges().isEmpty()) {
            throw new HttpException(
                    Status.RANGE_NOT_SATISFIABLE,
                    "The file has " + file.size() + " bytes; none of them is in the range.",
                    Headers.of("Content-Range", "bytes */" + file.size()),
                    List.of());
        }
        if (asked.ranges().size() == 1) {
            Span only = asked.ranges().get(0);
            Headers ranged = headers.with("Content-Range", MultipartRanges.contentRange(only, file.size()));
            return Response.of(Status.PARTIAL_CONTENT, ranged, FileBody.part(file, only));
        }
        var multipart = MultipartRanges.create(headers.first("Content-Type").orElseThrow(), file.size());
        return Response.of(
                Status.PARTIAL_CONTENT,
                headers.with("Content-Type", multipart.contentType()),
                multipart.body(file, asked.ranges()));
    }

    /** RFC 9110, section 14.2: for GET alone, and only if the client's part is of this state. */
    private ByteRanges ranges(OpenFile file, EntityTag tag) {
        boolean counts = status == Status.OK
                && request.method().equals(Method.GET)
                && Preconditions.allowsRange(request, tag, file.lastModified());
        String field = counts ? request.headers().combined("Range").orElse("") : "";
        return ByteRanges.parse(field, file.size());
    }
}
