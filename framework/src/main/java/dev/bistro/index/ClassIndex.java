package dev.bistro.index;

import dev.bistro.json.generated.GeneratedJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The classes of an application, from the index that was written when it was compiled. The index is used only if each
 * folder and archive of the class path has one that lists every class file of the application's packages with the
 * file's present checksum. So a class that was added, changed or compiled without the index is noticed, and so is an
 * index that was overwritten by another.
 *
 * @param classNames the classes that the application may need; empty if the index can't be used
 * @param obstacle why the index can't be used; empty if it can
 */
public record ClassIndex(List<String> classNames, String obstacle) {
    private static final String GENERATED = GeneratedJson.SUFFIX + IndexedClass.SUFFIX;

    /** Reads the index for the package of an application class and its subpackages. */
    public static ClassIndex read(Class<?> application) {
        if (application.getModule().isNamed()) {
            return unusable(application.getModule() + " isn't on the class path");
        }
        String folder = application.getPackageName().replace('.', '/') + "/";
        var names = new ArrayList<String>();
        try {
            for (Path root : ClassPath.of(application.getClassLoader())) {
                Optional<String> obstacle = read(root, folder, names);
                if (obstacle.isPresent()) {
                    return unusable(obstacle.get());
                }
            }
        } catch (IOException | SecurityException e) {
            return unusable(String.valueOf(e.getMessage()));
        }
        return names.isEmpty() ? unusable("there is none") : new ClassIndex(names, "");
    }

    /** Whether the first index of a class path has generated code of JSON, up to date or not. */
    public static boolean hasGeneratedCode(ClassLoader classPath) {
        try (InputStream index = classPath.getResourceAsStream(IndexFile.PATH)) {
            return index != null
                    && new BufferedReader(new InputStreamReader(index, StandardCharsets.UTF_8))
                            .lines()
                            .anyMatch(line -> line.endsWith(GENERATED));
        } catch (IOException | UncheckedIOException unreadable) {
            return false;
        }
    }

    private static ClassIndex unusable(String obstacle) {
        return new ClassIndex(List.of(), obstacle);
    }

    private static Optional<String> read(Path path, String folder, List<String> names) throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (ClassRoot root = Files.isDirectory(path) ? new FolderRoot(path) : new ArchiveRoot(path)) {
            Map<String, Long> found = root.checksums(folder);
            return found.isEmpty() ? Optional.empty() : match(root, folder, found, names);
        }
    }

    /** Adds the names from the index of a root, or says why it can't be used. */
    private static Optional<String> match(ClassRoot root, String folder, Map<String, Long> found, List<String> names)
            throws IOException {
        Optional<BufferedReader> text = root.open(IndexFile.PATH);
        if (text.isEmpty()) {
            return Optional.of(root.path().getFileName() + " has none");
        }
        try (BufferedReader open = text.get()) {
            Optional<List<IndexedClass>> index = IndexFile.read(open);
            if (index.isEmpty()) {
                return Optional.of("that of " + root.path().getFileName() + " has another format");
            }
            var unindexed = new HashMap<>(found);
            for (IndexedClass one : index.get()) {
                if (one.path().startsWith(folder)) {
                    if (!unindexed.remove(one.path(), one.checksum())) {
                        return Optional.of("that of " + root.path().getFileName() + " has another " + one.path());
                    }
                    if (one.isWanted()) {
                        names.add(one.className());
                    }
                }
            }
            return unindexed.keySet().stream()
                    .sorted()
                    .findFirst()
                    .map(path -> "that of " + root.path().getFileName() + " doesn't have " + path);
        }
    }
}
