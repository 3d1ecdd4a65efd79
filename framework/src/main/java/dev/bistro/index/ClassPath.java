package dev.bistro.index;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * The folders and archives from which a class loader takes its classes, with the archives that those name in their
 * manifests.
 */
final class ClassPath {
    private static final String APPLICATION_LOADER = "jdk.internal.loader.ClassLoaders$AppClassLoader";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String ATTRIBUTE = "Class-Path:";

    private final Set<Path> roots = new LinkedHashSet<>();

    private ClassPath() {}

    /**
     * The class path of a loader and its parents.
     *
     * @throws IOException if it can't be found out; the message says why
     */
    static Collection<Path> of(ClassLoader loader) throws IOException {
        var path = new ClassPath();
        for (ClassLoader at = loader; at != null && at != ClassLoader.getPlatformClassLoader(); at = at.getParent()) {
            path.add(at);
        }
        path.followManifests();
        return path.roots;
    }

    private void add(ClassLoader loader) throws IOException {
        if (loader instanceof URLClassLoader known) {
            for (URL url : known.getURLs()) {
                add(url.toString());
            }
        } else if (loader.getClass().getName().equals(APPLICATION_LOADER)) {
            for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
                roots.add(file(element));
            }
        } else {
            throw new IOException("it isn't known where " + loader.getClass().getName() + " has classes from");
        }
    }

    private static Path file(String name) throws IOException {
        try {
            return Path.of(name).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IOException(name + " is on the class path, and can't be a file", e);
        }
    }

    private void add(String url) throws IOException {
        try {
            roots.add(Path.of(new URI(url)).toAbsolutePath());
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IOException(url + " is on the class path, and isn't a file", e);
        }
    }

    /** Adds the archives that the manifests of archives name. */
    private void followManifests() throws IOException {
        Queue<Path> unread = new ArrayDeque<>(roots);
        for (Path root = unread.poll(); root != null; root = unread.poll()) {
            if (Files.isRegularFile(root)) {
                for (String element : classPathOf(root).trim().split(" +")) {
                    Path other = element.isEmpty() ? root : resolve(root, element);
                    if (roots.add(other)) {
                        unread.add(other);
                    }
                }
            }
        }
    }

    private static Path resolve(Path archive, String element) throws IOException {
        try {
            return Path.of(archive.toUri().resolve(element)).toAbsolutePath();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IOException(archive + " names " + element + ", which isn't a file", e);
        }
    }

    /** The value of {@code Class-Path} in an archive's manifest, in which long lines are continued after a space. */
    private static String classPathOf(Path archive) throws IOException {
        try (var root = new ArchiveRoot(archive)) {
            Optional<BufferedReader> manifest = root.open(MANIFEST);
            if (manifest.isEmpty()) {
                return "";
            }
            try (BufferedReader text = manifest.get()) {
                return attribute(text);
            }
        }
    }

    private static String attribute(BufferedReader text) throws IOException {
        String line = text.readLine();
        while (line != null && !line.isEmpty() && !line.regionMatches(true, 0, ATTRIBUTE, 0, ATTRIBUTE.length())) {
            line = text.readLine();
        }
        if (line == null || line.isEmpty()) {
            return ""; // an empty line ends the main section
        }
        var value = new StringBuilder(line.substring(ATTRIBUTE.length()));
        for (line = text.readLine(); line != null && line.startsWith(" "); line = text.readLine()) {
            value.append(line, 1, line.length());
        }
        return value.toString();
    }
}
