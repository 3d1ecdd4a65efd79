package dev.bistro.assets;

import dev.bistro.file.FileResponse;
import dev.bistro.http.Accept;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.startup.Place;
import java.util.Optional;
import java.util.function.Function;

/** A folder that was declared with {@code @StaticFiles}, ready to answer. Immutable. */
public final class StaticFolder {
    /** The name of the path variable that has the path below {@link #path}. */
    public static final String VARIABLE = "path";

    private final String path;
    private final Function<String, Optional<FileResponse>> files;
    private final String index;
    private final String fallback;
    private final CacheRules cacheRules;
    private final Place place;

    StaticFolder(
            String path,
            Function<String, Optional<FileResponse>> files,
            String index,
            String fallback,
            CacheRules cacheRules,
            Place place) {
        this.path = path;
        this.files = files;
        this.index = index;
        this.fallback = fallback;
        this.cacheRules = cacheRules;
        this.place = place;
    }

    /** The path that the files are below, without a slash at its end: empty for the root. */
    public String path() {
        return path;
    }

    /** Where it was declared. */
    public Place place() {
        return place;
    }

    /**
     * The answer to a GET or HEAD request: a file, a redirect to a folder's path with a slash, or the fallback.
     *
     * @throws NotFoundException if there is no such file
     * @throws dev.bistro.http.HttpException for what is wrong with the path, the conditions or the ranges
     */
    public Response<Payload> answer(Request request) {
        Optional<String> below = request.pathParam(VARIABLE);
        if (below.isEmpty()) {
            return redirect(request); // the path of the folder itself, without a slash
        }
        String file = below.get().replaceAll("/{2,}", "/").replaceFirst("^/", "");
        boolean folder = file.isEmpty() || file.endsWith("/");
        String name = folder ? file + index : file;
        Optional<FileResponse> found = folder && index.isEmpty() ? Optional.empty() : files.apply(name);
        if (found.isEmpty() && !folder && hasIndex(file)) {
            return redirect(request);
        }
        return found.map(there -> cached(there, name))
                .or(() -> fallback(request))
                .orElseThrow(() -> new NotFoundException("There is no such file"))
                .answer(request);
    }

    private boolean hasIndex(String folder) {
        return !index.isEmpty() && files.apply(folder + "/" + index).isPresent();
    }

    private FileResponse cached(FileResponse file, String name) {
        return file.precompressed().withHeader("Cache-Control", cacheRules.of(name));
    }

    private Optional<FileResponse> fallback(Request request) {
        return fallback.isEmpty() || !Accept.of(request).prefersHtml()
                ? Optional.empty()
                : files.apply(fallback).map(found -> cached(found, fallback).withHeader("Vary", "Accept"));
    }

    /** Relative links in the folder's page need the slash. Slashes at the path's beginning would make it one of another host. */
    private static Response<Payload> redirect(Request request) {
        String location = "/" + request.path().replaceAll("^/+", "") + "/"
                + request.query().map(query -> "?" + query).orElse("");
        return Response.<Payload>status(Status.MOVED_PERMANENTLY).withHeader("Location", location);
    }
}
