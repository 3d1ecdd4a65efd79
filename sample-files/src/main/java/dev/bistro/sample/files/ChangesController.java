package dev.bistro.sample.files;

import dev.bistro.annotation.Delete;
import dev.bistro.annotation.MaxBody;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.UnsupportedMediaTypeException;
import jakarta.inject.Inject;
import java.io.InputStream;

/** Uploads, deletions and new folders. */
@Route("/{path*}")
@RolesAllowed(RolesAllowed.ANY_LOGIN)
final class ChangesController {
    private final Permissions permissions;
    private final FolderChanges changes;

    @Inject
    ChangesController(Permissions permissions, FolderChanges changes) {
        this.permissions = permissions;
        this.changes = changes;
    }

    /** Stores a file: 201 for a new one, 204 for one that replaces another (RFC 9110, section 9.3.4). */
    @Put
    @MaxBody("${files.max-file-size}")
    Response<Void> upload(String path, InputStream content, Request request) {
        if (request.headers().contains("Content-Range")) {
            throw new BadRequestException("A file can only be uploaded as a whole"); // RFC 9110, section 14.5
        }
        StoredFile stored = changes.upload(path, content, request);
        Response<Void> response = stored.isNew()
                ? Response.status(Status.CREATED).withHeader("Location", stored.address())
                : Response.noContent();
        // a client must not take a tag for that of what it sent, if that isn't what was stored
        return request.headers().contains("Content-Encoding")
                ? response
                : response.withHeader("ETag", stored.tag().toString());
    }

    /** Deletes a file or a folder. */
    @Delete
    void delete(String path, Request request) {
        changes.delete(path, request);
    }

    /** Makes a folder, by the method that WebDAV has for that (RFC 4918, section 9.3). */
    @Route(method = "MKCOL")
    Response<Void> makeFolder(String path, Request request) {
        if (request.headers().contains("Content-Type")) {
            throw new UnsupportedMediaTypeException("A new folder has no content");
        }
        if (!changes.makeFolder(path)) {
            throw permissions.notAllowed("There is something of that name already");
        }
        return Response.status(Status.CREATED);
    }
}
