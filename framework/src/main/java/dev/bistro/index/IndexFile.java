package dev.bistro.index;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads and writes the index of a folder or archive of classes: a line for each class file, sorted by path. */
final class IndexFile {
    /** Its path below the root. */
    static final String PATH = "META-INF/bistro/classes.index";

    private static final String HEAD = "# Bistro's index of classes, format 1. Written by the compiler.";

    private IndexFile() {}

    /** Reads an index; empty if it isn't one of this format. */
    static Optional<List<IndexedClass>> read(BufferedReader text) throws IOException {
        if (!HEAD.equals(text.readLine())) {
            return Optional.empty();
        }
        var classes = new ArrayList<IndexedClass>();
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            Optional<IndexedClass> one = IndexedClass.parse(line);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            classes.add(one.get());
        }
        return Optional.of(classes);
    }

    /** Writes an index. It replaces the one before in one step, so that nobody reads half of it. */
    static void write(Path file, Collection<IndexedClass> classes) throws IOException {
        var lines = new ArrayList<>(List.of(HEAD));
        classes.stream()
                .sorted(Comparator.comparing(IndexedClass::path))
                .map(IndexedClass::line)
                .forEach(lines::add);
        Files.createDirectories(file.getParent());
        Path temporary = Files.write(file.resolveSibling("classes.index.new"), lines);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
