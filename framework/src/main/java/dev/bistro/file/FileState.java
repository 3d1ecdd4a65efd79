package dev.bistro.file;

import dev.bistro.http.EntityTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The validators of a file as its responses have them: for controllers that change files, and check a request's
 * preconditions or answer with the new state.
 *
 * <pre>{@code
 * FileState.of(path).ifPresentOrElse(
 *         state -> Preconditions.check(request, state.tag(), state.lastModified()),
 *         () -> Preconditions.checkMissing(request));
 * }</pre>
 *
 * @param tag the {@code ETag} of a {@link FileResponse} of the file
 * @param lastModified when the file was last modified
 */
public record FileState(EntityTag tag, Instant lastModified) {
    /** The state of the file at a path; empty if there is none, or it isn't a regular file. */
    public static Optional<FileState> of(Path path) {
        try (OpenFile file = OpenFile.open(path, false)) {
            return Optional.of(new FileState(file.tag(""), file.lastModified()));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
