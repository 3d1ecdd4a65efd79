package dev.bistro.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the framework's files are, for tests that look at them rather than run them. */
final class Sources {
    /** The folder of the framework's module; surefire says which. */
    static final Path MODULE = Path.of(System.getProperty("basedir", "."));

    static final Path MAIN = MODULE.resolve("src/main/java");

    private Sources() {}

    /** The folder with the framework's compiled classes. */
    static Path classes() {
        try {
            return Path.of(dev.bistro.http.MediaType.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The files below a folder whose names end so, in the order of their names; none if there is no such folder. */
    static List<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
