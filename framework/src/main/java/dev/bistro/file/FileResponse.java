package dev.bistro.file;

import dev.bistro.http.ContentDisposition;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.ServerRequest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file as an answer: media type by its name, validators, conditions and ranges. Immutable; what the methods return is a copy. A controller that
 * returns a {@code Path} means {@code FileResponse.of(path)}.
 *
 * <pre>{@code
 * return files.file(name).attachment().withHeader("Cache-Control", "max-age=3600");   // files: a SafePath or a ResourceFolder
 * }</pre>
 *
 * <p>The path is taken as it is: one that comes from a request has to come through a {@link SafePath}. A file of the class path comes from a
 * {@link ResourceFolder}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13">RFC 9110, sections 13 and 14</a>
 */
public final class FileResponse {
    private final FileSource source;
    private final String asked;
    private final Optional<MediaType> mediaType;
    private final Headers headers;
    private final boolean precompressed;

    private FileResponse(
            FileSource source, String asked, Optional<MediaType> mediaType, Headers headers, boolean precompressed) {
        this.source = source;
        this.asked = asked;
        this.mediaType = mediaType;
        this.headers = headers;
        this.precompressed = precompressed;
    }

    /** The file at a path; 404 if there is none when it is answered. */
    public static FileResponse of(Path path) {
        return of(
                PathFileSource.of(path),
                path.toString().replace(path.getFileSystem().getSeparator(), "/"));
    }

    /** A file that was found by a path, which may have come from a request. */
    static FileResponse of(FileSource source, String asked) {
        return new FileResponse(source, asked, Optional.empty(), Headers.empty(), false);
    }

    /** With a media type other than its name says. */
    public FileResponse as(MediaType type) {
        return new FileResponse(source, asked, Optional.of(type), headers, precompressed);
    }

    /** To be saved under its own name, rather than shown. */
    public FileResponse attachment() {
        return attachment(source.name());
    }

    /** To be saved under a name, rather than shown. */
    public FileResponse attachment(String fileName) {
        return withHeader("Content-Disposition", ContentDisposition.attachment(fileName));
    }

    /**
     * With a header field, which replaces those of the same name: {@code withHeader("Cache-Control", "max-age=3600")}.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character
     */
    public FileResponse withHeader(String name, String value) {
        return new FileResponse(source, asked, mediaType, headers.with(name, value), precompressed);
    }

    /**
     * With the files beside it that have {@code .br}, {@code .zst} or {@code .gz} at the end of their names taken for the same content, compressed, and
     * sent to those who take it. One that is older than the file itself counts for nothing.
     */
    public FileResponse precompressed() {
        return new FileResponse(source, asked, mediaType, headers, true);
    }

    /** With those of these header fields that it doesn't have of its own. */
    public FileResponse withDefaults(Headers defaults) {
        Headers all = headers;
        for (int i = 0; i < defaults.size(); i++) {
            if (!headers.contains(defaults.name(i))) {
                all = all.plus(defaults.name(i), defaults.value(i));
            }
        }
        return new FileResponse(source, asked, mediaType, all, precompressed);
    }

    /** Where the file is; empty if it is in a jar. */
    public Optional<Path> path() {
        return source instanceof PathFileSource file ? Optional.of(file.path()) : Optional.empty();
    }

    /**
     * The path of the file below the folder in which a {@link SafePath} or {@link ResourceFolder} found it, as it is
     * called there, after all symbolic links: {@code "reports/2026.pdf"}; empty for {@link #of(Path)}.
     */
    public Optional<String> pathInFolder() {
        return Optional.of(source.below()).filter(below -> !below.isEmpty());
    }

    /**
     * The response to a request: 200, 206 or 304.
     *
     * @throws dev.bistro.http.NotFoundException if there is no such file; or if its path is a variable of the route, in
     *     which a slash was percent-encoded
     * @throws dev.bistro.http.HttpException 412 if a condition of the request fails, 416 if there is nothing in its ranges
     */
    public Response<Payload> answer(Request request) {
        return answer(request, Status.OK);
    }

    /** The response to a request, with a status of its own: for any but 200, conditions and ranges don't count, and the file is sent whole. */
    public Response<Payload> answer(Request request, Status status) {
        if (request instanceof ServerRequest received && !isAddressedBy(received)) {
            throw SafePath.notFound();
        }
        MediaType type = mediaType.orElseGet(() -> MediaTypes.of(source.name()));
        return new FileResponder(request, source, status, type, headers, precompressed).make();
    }

    /** Whether the request's path, as routes and filters have read it, leads to this file. */
    private boolean isAddressedBy(ServerRequest request) {
        return !request.encodesSlashIn(asked)
                && pathInFolder().map(own -> request.mayReach(asked, own)).orElse(true);
    }
}
