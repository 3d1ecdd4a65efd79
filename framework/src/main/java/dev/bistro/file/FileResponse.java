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
 * A file as a response: with a media type by its name, validators, conditional requests and ranges. Immutable; the
 * methods return changed copies. A controller that returns a {@code Path} means {@code FileResponse.of(path)}.
 *
 * <pre>{@code
 * return files.file(name)                    // files: a SafePath or a ResourceFolder
 *         .attachment()
 *         .withHeader("Cache-Control", "max-age=3600");
 * }</pre>
 *
 * <p>{@link #of(Path)} doesn't check the path: one that comes from a request must go through a {@link SafePath}, or for
 * the class path through a {@link ResourceFolder}.
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

    /** The file at a path. The response is 404 if there is none when it is made. */
    public static FileResponse of(Path path) {
        return of(
                PathFileSource.of(path),
                path.toString().replace(path.getFileSystem().getSeparator(), "/"));
    }

    /** A file that was found at a path, which may have come from a request. */
    static FileResponse of(FileSource source, String asked) {
        return new FileResponse(source, asked, Optional.empty(), Headers.empty(), false);
    }

    /** With this media type instead of the one by the file's name. */
    public FileResponse as(MediaType type) {
        return new FileResponse(source, asked, Optional.of(type), headers, precompressed);
    }

    /** To be saved under the file's own name, not shown: {@code Content-Disposition: attachment}. */
    public FileResponse attachment() {
        return attachment(source.name());
    }

    /** To be saved under a name, not shown: {@code Content-Disposition: attachment}. */
    public FileResponse attachment(String fileName) {
        return withHeader("Content-Disposition", ContentDisposition.attachment(fileName));
    }

    /**
     * With a header field that replaces those of the same name: {@code withHeader("Cache-Control", "max-age=3600")}.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character
     */
    public FileResponse withHeader(String name, String value) {
        return new FileResponse(source, asked, mediaType, headers.with(name, value), precompressed);
    }

    /**
     * With precompressed copies: files in the same folder whose names have {@code .br}, {@code .zst} or {@code .gz}
     * appended are sent to clients that accept that content coding. A copy that is older than the file itself is
     * ignored.
     */
    public FileResponse precompressed() {
        return new FileResponse(source, asked, mediaType, headers, true);
    }

    /** With those of these header fields whose names it doesn't have yet. */
    public FileResponse withDefaults(Headers defaults) {
        if (headers.size() == 0) {
            return new FileResponse(source, asked, mediaType, headers.with(defaults), precompressed);
        }
        Headers all = headers;
        for (int i = 0; i < defaults.size(); i++) {
            if (!headers.contains(defaults.name(i))) {
                all = all.plus(defaults.name(i), defaults.value(i));
            }
        }
        return new FileResponse(source, asked, mediaType, all, precompressed);
    }

    /** The file's path; empty if it is in a jar. */
    public Optional<Path> path() {
        return source.diskPath();
    }

    /**
     * The path of the file below the folder in which a {@link SafePath} or {@link ResourceFolder} found it, with
     * symbolic links resolved: {@code "reports/2026.pdf"}. Empty for {@link #of(Path)}.
     */
    public Optional<String> pathInFolder() {
        return Optional.of(source.pathInFolder()).filter(path -> !path.isEmpty());
    }

    /**
     * The response to a request: 200, 206 or 304.
     *
     * @throws dev.bistro.http.NotFoundException if there is no such file, or if its path is a path variable in which a
     *     slash was percent-encoded
     * @throws dev.bistro.http.HttpException 412 if a precondition fails, 416 if the file has no byte of the ranges
     */
    public Response<Payload> answer(Request request) {
        return answer(request, Status.OK);
    }

    /**
     * The response to a request with a status. Unless that is 200, conditions and ranges are ignored, and the whole
     * file is sent.
     */
    public Response<Payload> answer(Request request, Status status) {
        if (request instanceof ServerRequest received && !isAddressedBy(received)) {
            throw SafePath.notFound();
        }
        MediaType type = mediaType.orElseGet(source::type);
        return new FileResponder(request, source, status, type, headers, precompressed).respond();
    }

    /**
     * Whether the request's path, as routes and filters read it, leads to this file: otherwise a filter could be
     * bypassed.
     */
    private boolean isAddressedBy(ServerRequest request) {
        String own = source.pathInFolder();
        return !request.encodesSlashIn(asked) && (own.isEmpty() || request.mayReach(asked, own));
    }
}
