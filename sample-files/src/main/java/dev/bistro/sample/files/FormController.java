package dev.bistro.sample.files;

import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.body.FileUpload;
import dev.bistro.body.Form;
import dev.bistro.body.FormLimits;
import dev.bistro.body.FormReader;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.ConflictException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The page's forms, which a browser sends to the folder that it shows; they work without a script. */
@Route("/{path*}")
final class FormController {
    private static final int MAX_PARTS = 1_000;
    private static final int MAX_TEXT_BYTES = 64 * 1024;
    private static final int MAX_AROUND_BYTES = 1024 * 1024;

    private final Permissions permissions;
    private final FolderChanges changes;
    private final Folder folder;
    private final FormReader reader;

    @Inject
    FormController(Permissions permissions, FolderChanges changes, Folder folder, FilesSettings settings) {
        this.permissions = permissions;
        this.changes = changes;
        this.folder = folder;
        this.reader = new FormReader(limits(settings.maxFileSize().bytes()), FormReader.MEDIA_TYPES);
    }

    /** One file may be as large as all of a form's together, and there is some room for what is around them. */
    private static FormLimits limits(long maxFileBytes) {
        FormLimits known = FormLimits.DEFAULTS;
        return new FormLimits(
                MAX_PARTS,
                known.maxNameLength(),
                known.maxHeadBytes(),
                MAX_TEXT_BYTES,
                maxFileBytes,
                Math.min(maxFileBytes, Long.MAX_VALUE - MAX_AROUND_BYTES) + MAX_AROUND_BYTES,
                known.memoryBytes(),
                known.directory());
    }

    /**
     * Makes the change that a form asks for, and goes back to the listing.
     *
     * @param content the form; it is read when it is clear that its sender may make changes, and no sooner
     */
    @Post
    Response<?> change(String path, InputStream content, Request request) {
        permissions.requireAny(request);
        changes.requireFree(request);
        Form form = reader.read(request);
        try {
            return change(path.isEmpty() || path.endsWith("/") ? path : path + "/", form, request);
        } finally {
            FormReader.release(form);
        }
    }

    private Response<?> change(String path, Form form, Request request) {
        Optional<String> deleted = form.field("delete");
        if (deleted.isPresent()) {
            permissions.require(Change.DELETE, request);
            String name = name(deleted.get());
            if (form.field("sure").isEmpty()) {
                return Response.ok(new DeletionPage(path, name).write())
                        .withHeader("Content-Security-Policy", ListingPage.CONTENT_SECURITY_POLICY);
            }
            changes.delete(path + name, request);
        } else if (form.field("folder").isPresent()) {
            permissions.require(Change.NEW_FOLDER, request);
            if (!changes.makeFolder(path + name(form.field("folder").get().strip()))) {
                throw new ConflictException("There is something of that name already");
            }
        } else {
            permissions.require(Change.UPLOAD, request);
            changes.upload(path, files(form), form.field("replace").isPresent());
        }
        return Response.seeOther(folder.addressOf(folder.find(path)));
    }

    private static String name(String name) {
        if (name.isEmpty() || name.contains("/")) {
            throw new BadRequestException("A name is needed, without slashes");
        }
        return name;
    }

    private static List<FileUpload> files(Form form) {
        List<FileUpload> files =
                form.files().values().stream().flatMap(List::stream).toList();
        if (files.isEmpty()) {
            throw new BadRequestException("No file was chosen");
        }
        return files;
    }
}
