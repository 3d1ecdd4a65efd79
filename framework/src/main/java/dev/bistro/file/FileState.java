package dev.bistro.file;

import dev.bistro.http.EntityTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a file's answers say about the state that it is in; for who changes files, and has to check a request's conditions or to answer with the new state.
 *
 * <pre>{@code
 * FileState.of(path).ifPresentOrElse(
 *         state -> Preconditions.check(request, state.tag(), state.lastModified()),
 *         () -> Preconditions.checkMissing(request));
 * }</pre>
 *
 * @param tag the {@code ETag} of a {@link FileResponse} of it
 * @param lastModified when it was changed last
 */
public record FileState(EntityTag tag, Instant lastModified) {
    /** The state of the file at a path; empty if there is none, or what is there isn't a file. */
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
