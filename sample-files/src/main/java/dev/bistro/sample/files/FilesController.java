package dev.bistro.sample.files;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.QueryParam;
import dev.bistro.annotation.Route;
import dev.bistro.auth.Login;
import dev.bistro.file.FileResponse;
import dev.bistro.http.Accept;
import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files and listings. A listing is a page, JSON or plain text, as the client likes it; a Markdown file is a page for
 * browsers, which prefer HTML to it, and the file itself for all others.
 */
@Route("/{path*}")
final class FilesController {
    private static final List<MediaType> OFFERED = List.of(MediaType.HTML, MediaType.JSON, MediaType.TEXT);
    private static final MediaType MARKDOWN = MediaType.of("text", "markdown");

    private final Folder folder;
    private final Permissions permissions;
    private final boolean loginToRead;

    @Inject
    FilesController(Folder folder, Permissions permissions, FilesSettings settings) {
        this.folder = folder;
        this.permissions = permissions;
        this.loginToRead = settings.loginToRead();
    }

    /**
     * A file, or what is in a folder.
     *
     * @param download to have a file saved rather than shown
     * @param raw to have a Markdown file as it is, rather than as a page
     * @param goTo to log in first, and to go on to the folder of that path then
     */
    @Get
    @ETag
    Response<?> show(
            String path,
            Optional<String> download,
            Optional<String> raw,
            @QueryParam("login") Optional<String> goTo,
            @DefaultValue("NAME") Listing.Sort sort,
            @DefaultValue("false") boolean descending,
            Optional<Login> login,
            Request request) {
        if (loginToRead || goTo.isPresent()) {
            Login.require(request);
        }
        if (goTo.isPresent()) {
            return Response.seeOther(folder.addressOf(folder.find(withoutFirstSlash(goTo.get()))));
        }
        Path found = folder.find(path);
        if (!Files.isDirectory(found)) {
            FileResponse file = answer(folder.file(path), download.isPresent());
            return Markdown.isName(path)
                    ? markdown(path, found, file, raw.isPresent(), download.isPresent(), request)
                    : Response.ok(file);
        }
        if (!request.path().endsWith("/")) {
            // made of what was found: what was asked for may begin with two slashes, and lead to another host
            return Response.movedPermanently(folder.addressOf(found));
        }
        return listing(folder.list(found), sort, descending, login.isPresent(), request)
                .withHeader("Cache-Control", "no-cache")
                .withHeader("Vary", "Accept, Authorization");
    }

    /** The path of a listing begins with a slash, as addresses do; a path within the folder doesn't. */
    private static String withoutFirstSlash(String address) {
        return address.startsWith("/") ? address.substring(1) : address;
    }

    /**
     * Others wrote the files: a page among them must not act in the name of this site, so it runs no script. It keeps
     * its origin, since a browser's player of sounds and videos is a page too, and has to ask for the file once more.
     */
    private static FileResponse answer(FileResponse file, boolean download) {
        FileResponse answer = file.withHeader("Cache-Control", "no-cache")
                .withHeader("Content-Security-Policy", "sandbox allow-same-origin");
        return download ? answer.attachment() : answer;
    }

    /** Programs take anything, and get the file: so do copies of a site, and a download by the browser. */
    private Response<?> markdown(
            String path, Path found, FileResponse file, boolean raw, boolean download, Request request) {
        if (raw) {
            return Response.ok(file.as(MediaType.TEXT)); // not every browser shows text/markdown
        }
        boolean prefersPage =
                Accept.of(request).best(List.of(MARKDOWN, MediaType.HTML)).equals(Optional.of(MediaType.HTML));
        Optional<String> text = prefersPage && !download ? folder.text(found) : Optional.empty();
        Response<?> response = text.isPresent()
                ? Response.ok(new MarkdownPage(path, text.get()).write())
                        .withHeader("Cache-Control", "no-cache")
                        .withHeader("Content-Security-Policy", MarkdownPage.CONTENT_SECURITY_POLICY)
                : Response.ok(file);
        return response.withHeader("Vary", "Accept, Authorization");
    }

    private Response<?> listing(
            Listing unsorted, Listing.Sort sort, boolean descending, boolean isUser, Request request) {
        Listing listing = unsorted.sorted(sort, descending);
        MediaType type = Accept.of(request).best(OFFERED).orElse(MediaType.HTML);
        if (type.equals(MediaType.JSON)) {
            return Response.ok(listing);
        }
        if (type.equals(MediaType.TEXT)) {
            return Response.ok(listing.text());
        }
        Set<Change> changes = permissions.changes();
        var page =
                new ListingPage(listing, sort, descending, isUser ? changes : Set.of(), !isUser && !changes.isEmpty());
        return Response.ok(page.write()).withHeader("Content-Security-Policy", ListingPage.CONTENT_SECURITY_POLICY);
    }
}
