package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that came with a form ({@code multipart/form-data}). It is there until the request was answered: what is to stay has to be moved or read before. Larger files
 * lie on the disk meanwhile, and are removed after the request.
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
     * The file's name on the client's side: its last part only, never a path, without characters that change how a text is displayed or that some file system keeps for
     * itself, and of 255 bytes at the most: {@code "passwd"} of {@code "../../etc/passwd"}. Empty if the client named none. It is what the client claims: neither unique nor
     * true.
     */
    Optional<String> fileName();

    /** The media type that the client claims; empty if it claims none. Nobody looked whether it is true. */
    Optional<MediaType> mediaType();

    /** The size in bytes. */
    long size();

    /**
     * The content. The caller closes the stream.
     *
     * @throws IOException if it can't be read, as after the request was answered
     */
    InputStream openStream() throws IOException;

    /**
     * Moves the file to its place, where it stays; only the owner of this process may read it there. Within a file system that costs nothing.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file already
     * @throws IOException if it can't be written
     */
    void moveTo(Path target) throws IOException;
}
