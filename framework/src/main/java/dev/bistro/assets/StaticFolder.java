package dev.bistro.assets;

import dev.bistro.file.FileResponse;
import dev.bistro.http.Accept;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.startup.Place;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A folder that was declared with {@code @StaticFiles}, ready to answer requests. Immutable. */
public final class StaticFolder {
    /** The name of the path variable that holds the path below {@link #path}. */
    public static final String VARIABLE = "path";

    private final Class<?> application;
    private final String path;
    private final Function<String, Optional<FileResponse>> files;
    private final String index;
    private final String fallback;
    private final CacheRules cacheRules;
    private final Place place;

    StaticFolder(
            Class<?> application,
            String path,
            Function<String, Optional<FileResponse>> files,
            String index,
            String fallback,
            CacheRules cacheRules,
            Place place) {
        this.application = application;
        this.path = path;
        this.files = files;
        this.index = index;
        this.fallback = fallback;
        this.cacheRules = cacheRules;
        this.place = place;
    }

    /** The class that declares it, whose other annotations count for its files too. */
    public Class<?> application() {
        return application;
    }

    /** The path of the folder, without a slash at its end; empty for the root. */
    public String path() {
        return path;
    }

    /** The place of the declaration, for messages. */
    public Place place() {
        return place;
    }

    /**
     * The response to a GET or HEAD request: a file, a redirect to a folder's path with a slash, or the fallback.
     *
     * @param mayReach whether this request may get the file at another path than its own: an index, the fallback, or
     *     the target of a link
     * @throws NotFoundException if there is no such file
     * @throws dev.bistro.http.HttpException if the path, a precondition or a range is wrong
     */
    public Response<Payload> answer(ServerRequest request, Predicate<String> mayReach) {
        Optional<String> below = request.pathParam(VARIABLE);
        if (below.isEmpty()) {
            return redirect(request); // the folder's own path without a slash
        }
        String asked = below.get();
        boolean isFolder = asked.isEmpty() || asked.endsWith("/");
        String name = isFolder ? asked + index : asked;
        boolean readAsFiltersDo = !request.encodesSlashIn(asked);
        Optional<FileResponse> found = isFolder && index.isEmpty()
                ? Optional.empty()
                : find(name, asked, mayReach).filter(there -> readAsFiltersDo);
        if (found.isEmpty() && readAsFiltersDo && !isFolder && hasIndex(asked, mayReach)) {
            return redirect(request);
        }
        return found.map(there -> cached(there, name))
                .or(() -> fallback(request, asked, mayReach))
                .orElseThrow(() -> new NotFoundException("There is no such file"))
                .answer(request);
    }

    /**
     * Finds a file.
     *
     * @param asked the path that the request asked for, which filters have seen
     */
    private Optional<FileResponse> find(String name, String asked, Predicate<String> mayReach) {
        return files.apply(name).filter(found -> {
            String own = found.pathInFolder().orElse(name);
            return own.equals(asked) || mayReach.test(path + "/" + own);
        });
    }

    private boolean hasIndex(String folder, Predicate<String> mayReach) {
        return !index.isEmpty() && find(folder + "/" + index, folder, mayReach).isPresent();
    }

    private FileResponse cached(FileResponse file, String name) {
        return file.precompressed().withHeader("Cache-Control", cacheRules.of(name));
    }

    private Optional<FileResponse> fallback(Request request, String asked, Predicate<String> mayReach) {
        boolean isCanonical = !asked.startsWith("/") && !asked.contains("//");
        return fallback.isEmpty() || !isCanonical || !Accept.of(request).prefersHtml()
                ? Optional.empty()
                : find(fallback, asked, mayReach)
                        .map(found -> cached(found, fallback).withHeader("Vary", "Accept"));
    }

    /** Adds the slash that relative links in the folder's page need. */
    private static Response<Payload> redirect(Request request) {
        String location =
                request.path() + "/" + request.query().map(query -> "?" + query).orElse("");
        return Response.movedPermanently(location).withoutBody();
    }
}
