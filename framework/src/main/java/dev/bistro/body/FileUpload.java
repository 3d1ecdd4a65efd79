package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of a form ({@code multipart/form-data}). It exists until the request is answered: move it or read it before.
 * Large files are on the disk meanwhile, and are deleted after the request.
 *
 * <pre>{@code
 * @Post
 * void add(@FormParam String title, @FormParam FileUpload photo) throws IOException {
 *     photo.moveTo(photos.resolve(UUID.randomUUID() + ".jpg"));
 * }
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578</a>
 */
public interface FileUpload {
    /** The name of the form's field. */
    String fieldName();

    /**
     * The file's name on the client's side, at most 255 bytes: the last segment only, never a path, without characters
     * that change how a text is displayed or that some file system reserves. {@code "../../etc/passwd"} is
     * {@code "passwd"}. Empty if the client sent none. It is only what the client claims, and needn't be unique.
     */
    Optional<String> fileName();

    /** The media type that the client claims; empty if it claims none. It hasn't been checked. */
    Optional<MediaType> mediaType();

    /** The size in bytes. */
    long size();

    /**
     * The content. The caller closes the stream.
     *
     * @throws IOException if the content can't be read, for example after the request was answered
     */
    InputStream openStream() throws IOException;

    /**
     * Moves the file to a path, where it stays; only the owner of this process may read it. Fast within one file
     * system, where nothing is copied.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the path exists already
     * @throws IOException if the file can't be written
     */
    void moveTo(Path target) throws IOException;
}
