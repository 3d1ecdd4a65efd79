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

/** Where a class loader takes its classes from: folders and archives, and the archives that those name in their manifests. */
final class ClassPath {
    private static final String APPLICATION_LOADER = "jdk.internal.loader.ClassLoaders$AppClassLoader";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String ATTRIBUTE = "Class-Path:";

    private final Set<Path> roots = new LinkedHashSet<>();

    private ClassPath() {}

    /**
     * All that is on a loader's class path, and on its parents'.
     *
     * @throws IOException if it can't be told; the message says why
     */
    static Collection<Path> of(ClassLoader loader) throws IOException {
        var path = new ClassPath();
        for (ClassLoader at = loader; at != null && at != ClassLoader.getPlatformClassLoader(); at = at.getParent()) {
            path.add(at);
        }
        path.follow();
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

    /** Adds what the archives name. */
    private void follow() throws IOException {
        Queue<Path> unread = new ArrayDeque<>(roots);
        for (Path root = unread.poll(); root != null; root = unread.poll()) {
            if (Files.isRegularFile(root)) {
                for (String element : named(root).trim().split(" +")) {
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

    /** What stands after {@code Class-Path:} in an archive's manifest, whose long lines go on behind a space. */
    private static String named(Path archive) throws IOException {
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
            return ""; // an empty line ends what is said of the whole archive
        }
        var value = new StringBuilder(line.substring(ATTRIBUTE.length()));
        for (line = text.readLine(); line != null && line.startsWith(" "); line = text.readLine()) {
            value.append(line, 1, line.length());
        }
        return value.toString();
    }
}
