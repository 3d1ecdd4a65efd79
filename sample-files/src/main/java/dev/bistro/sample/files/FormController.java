package dev.bistro.sample.files;

import dev.bistro.annotation.Post;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.body.FileUpload;
import dev.bistro.body.Form;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.ConflictException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** The page's forms, which a browser sends to the folder that it shows; they work without a script. */
@Route("/{at*}")
@RolesAllowed(RolesAllowed.ANY_LOGIN)
final class FormController {
    private final Permissions permissions;
    private final FolderChanges changes;
    private final Folder folder;

    @Inject
    FormController(Permissions permissions, FolderChanges changes, Folder folder) {
        this.permissions = permissions;
        this.changes = changes;
        this.folder = folder;
    }

    /** Makes the change that a form asks for, and goes back to the listing. */
    @Post
    Response<?> change(String at, Form form, Request request) {
        String path = at.isEmpty() || at.endsWith("/") ? at : at + "/";
        Optional<String> deleted = form.field("delete");
        if (deleted.isPresent()) {
            permissions.require(Change.DELETE);
            String name = name(deleted.get());
            if (form.field("sure").isEmpty()) {
                return Response.ok(new DeletionPage(path, name).write())
                        .withHeader("Content-Security-Policy", ListingPage.CONTENT_SECURITY_POLICY);
            }
            changes.delete(path + name, request);
        } else if (form.field("folder").isPresent()) {
            permissions.require(Change.NEW_FOLDER);
            if (!changes.makeFolder(path + name(form.field("folder").get().strip()))) {
                throw new ConflictException("There is something of that name already");
            }
        } else {
            permissions.require(Change.UPLOAD);
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
