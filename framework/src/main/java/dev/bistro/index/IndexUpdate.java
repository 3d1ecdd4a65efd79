package dev.bistro.index;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Updates the index of a folder after some or all of its classes were compiled. The others keep their lines if their
 * files are unchanged. A file that was changed by something else gets no line, since nothing is known of it.
 */
final class IndexUpdate {
    private final FolderRoot root;
    private final Set<String> written;
    private final Map<String, Boolean> wanted;

    /**
     * An update.
     *
     * @param written the names of the top-level classes whose class files were written
     * @param wanted for each class that was compiled, also nested ones, whether an application may need it
     */
    IndexUpdate(Path root, Set<String> written, Map<String, Boolean> wanted) {
        this.root = new FolderRoot(root);
        this.written = written;
        this.wanted = wanted;
    }

    void write() throws IOException {
        Map<String, IndexedClass> before = before();
        var after = new ArrayList<IndexedClass>();
        root.checksums("").forEach((path, checksum) -> {
            var file = new IndexedClass(path, checksum, false);
            if (isWritten(file.className())) {
                after.add(new IndexedClass(path, checksum, wanted.getOrDefault(file.className(), false)));
            } else if (before.containsKey(path) && before.get(path).checksum() == checksum) {
                after.add(before.get(path));
            }
        });
        IndexFile.write(root.path().resolve(IndexFile.PATH), after);
    }

    private Map<String, IndexedClass> before() throws IOException {
        Optional<BufferedReader> text = root.open(IndexFile.PATH);
        if (text.isEmpty()) {
            return new HashMap<>();
        }
        try (BufferedReader open = text.get()) {
            List<IndexedClass> known = IndexFile.read(open).orElse(List.of());
            return known.stream().collect(Collectors.toMap(IndexedClass::path, Function.identity(), (a, b) -> a));
        }
    }

    /** Whether a class is one of those that were written, or nested in one. */
    private boolean isWritten(String className) {
        for (int end = className.length(); end > 0; end = className.lastIndexOf('$', end - 1)) {
            if (written.contains(className.substring(0, end))) {
                return true;
            }
        }
        return false;
    }
}
