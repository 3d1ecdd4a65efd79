package dev.bistro.file;

import dev.bistro.http.NotFoundException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.jar.JarFile;

/**
 * A folder of the class path, in directories and jars: the safe way from a request's path to a file in it, as
 * {@link SafePath} is for directories. The folder is looked up once, in {@link #of}, and its jars stay open.
 *
 * <pre>{@code
 * ResourceFolder manuals = ResourceFolder.of(ShopApplication.class, "/manuals");
 * manuals.file("de/teapot.pdf").attachment();   // src/main/resources/manuals/de/teapot.pdf, or a NotFoundException
 * }</pre>
 *
 * <p>A file in a jar has the {@code Last-Modified} of the jar, and an {@code ETag} of its own content.
 */
public final class ResourceFolder {
    private final List<Function<PathSegments, Optional<FileSource>>> places;

    private ResourceFolder(List<Function<PathSegments, Optional<FileSource>>> places) {
        this.places = List.copyOf(places);
    }

    /**
     * Looks up a folder of the class path. If several directories and jars have it, a file is taken from the first that
     * has the file.
     *
     * @param owner a class whose class loader has the folder
     * @param folder the folder's path: {@code "/public"}
     * @throws IOException if there is no such folder, or it can't be read
     * @throws IllegalArgumentException for the root of the class path, which has the classes and the settings
     */
    public static ResourceFolder of(Class<?> owner, String folder) throws IOException {
        String name = PathSegments.parse(folder).joined();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("The whole class path is no folder to give away");
        }
        ClassLoader loader = Optional.ofNullable(owner.getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader);
        var places = new ArrayList<Function<PathSegments, Optional<FileSource>>>();
        for (URL url : all(loader.getResources(name + "/"))) {
            places.add(place(url, name));
        }
        if (places.isEmpty()) {
            addJarsWithoutDirectories(loader, name, places);
        }
        if (places.isEmpty()) {
            throw new IOException("No folder of the class path: " + folder);
        }
        return new ResourceFolder(places);
    }

    private static Function<PathSegments, Optional<FileSource>> place(URL url, String name) throws IOException {
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return new JarFolder(jar(jar), name)::find;
        }
        if (!url.getProtocol().equals("file")) {
            throw new IOException("Neither in a directory nor in a jar: " + url);
        }
        return SafePath.of(Path.of(uri(url)))::find;
    }

    /** Opens the jar for us alone: others may close the one that the JDK caches. */
    private static JarFile jar(JarURLConnection connection) throws IOException {
        connection.setUseCaches(false);
        return connection.getJarFile();
    }

    private static URI uri(URL url) throws IOException {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** Some build tools make jars without entries for directories, in which a folder can't be found by its name. */
    private static void addJarsWithoutDirectories(
            ClassLoader loader, String name, List<Function<PathSegments, Optional<FileSource>>> places)
            throws IOException {
        for (URL manifest : all(loader.getResources(JarFile.MANIFEST_NAME))) {
            if (manifest.openConnection() instanceof JarURLConnection connection) {
                JarFile jar = jar(connection);
                if (jar.stream().anyMatch(entry -> entry.getName().startsWith(name + "/"))) {
                    places.add(new JarFolder(jar, name)::find);
                } else {
                    jar.close();
                }
            }
        }
    }

    private static List<URL> all(Enumeration<URL> urls) {
        var all = new ArrayList<URL>();
        urls.asIterator().forEachRemaining(all::add);
        return all;
    }

    /**
     * The file at a path as a response, which can be refined: {@code manuals.file("teapot.pdf").attachment()}.
     *
     * @param path the path below the folder, percent-decoded as a path variable is
     * @throws dev.bistro.http.ForbiddenException if it has {@code ..}, a backslash or a control character
     * @throws NotFoundException if there is no such file; if its name or that of a folder above it begins with a dot;
     *     if the path begins or ends with a slash, or has two in a row. Thrown by {@link FileResponse#answer} if a
     *     slash of the path was percent-encoded in the request's path
     */
    public FileResponse file(String path) {
        return find(path).orElseThrow(SafePath::notFound);
    }

    /**
     * The file at a path as a response; empty if there is none.
     *
     * @param path as for {@link #file}
     * @throws dev.bistro.http.ForbiddenException as {@link #file}
     */
    public Optional<FileResponse> find(String path) {
        PathSegments segments = PathSegments.parse(path);
        if (segments.hasHidden()) {
            return Optional.empty();
        }
        return places.stream()
                .flatMap(place -> place.apply(segments).stream())
                .findFirst()
                .map(source -> FileResponse.of(source, path));
    }
}
