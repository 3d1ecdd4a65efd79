package dev.bistro.sample.files;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.file.FileResponse;
import dev.bistro.http.Accept;
import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files and listings. A listing is a page, JSON or plain text, as the client likes it. */
@Route("/")
final class FilesController {
    private static final List<MediaType> OFFERED = List.of(MediaType.HTML, MediaType.JSON, MediaType.TEXT);

    private final Folder folder;

    @Inject
    FilesController(Folder folder) {
        this.folder = folder;
    }

    @Get("/{path*}")
    Response<?> show(
            String path,
            Optional<String> download,
            @DefaultValue("NAME") Listing.Sort sort,
            @DefaultValue("false") boolean descending,
            Request request) {
        Path file = folder.find(path);
        if (!Files.isDirectory(file)) {
            return Response.ok(file(file, download.isPresent()));
        }
        if (!request.path().endsWith("/")) {
            // made of what was found: what was asked for may begin with two slashes, and lead to another host
            return Response.status(Status.MOVED_PERMANENTLY)
                    .withHeader("Location", "/" + Links.encode(folder.pathOf(file)) + "/");
        }
        return listing(folder.list(file).sorted(sort, descending), sort, descending, request);
    }

    /** Others wrote the files: a page among them must not act in the name of this site. */
    private static FileResponse file(Path file, boolean download) {
        FileResponse answer = FileResponse.of(file)
                .withHeader("Cache-Control", "no-cache")
                .withHeader("X-Content-Type-Options", "nosniff")
                .withHeader("Content-Security-Policy", "sandbox");
        return download ? answer.attachment() : answer;
    }

    private static Response<?> listing(Listing listing, Listing.Sort sort, boolean descending, Request request) {
        MediaType type = Accept.of(request).best(OFFERED).orElse(MediaType.HTML);
        if (type.equals(MediaType.JSON)) {
            return Response.ok(listing).withHeader("Vary", "Accept");
        }
        if (type.equals(MediaType.TEXT)) {
            return Response.ok(listing.text()).withHeader("Vary", "Accept");
        }
        return Response.ok(ListingPage.of(listing, sort, descending))
                .withHeader("Content-Type", MediaType.HTML.toString())
                .withHeader("Content-Security-Policy", ListingPage.CONTENT_SECURITY_POLICY)
                .withHeader("Vary", "Accept");
    }
}
