package dev.bistro.index;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A folder of the class path. Its class files are read to compute their checksums. */
record FolderRoot(Path path) implements ClassRoot {
    @Override
    public Map<String, Long> checksums(String folder) throws IOException {
        Path start = path.resolve(folder);
        if (!Files.isDirectory(start)) {
            return Map.of();
        }
        var checksums = new HashMap<String, Long>();
        for (Path file : classFiles(start)) {
            String name = path.relativize(file)
                    .toString()
                    .replace(path.getFileSystem().getSeparator(), "/");
            checksums.put(name, checksum(file));
        }
        return checksums;
    }

    private static List<Path> classFiles(Path start) throws IOException {
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> file.toString().endsWith(IndexedClass.SUFFIX))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long checksum(Path file) throws IOException {
        var checksum = new CRC32();
        checksum.update(Files.readAllBytes(file));
        return checksum.getValue();
    }

    @Override
    public Optional<BufferedReader> open(String file) throws IOException {
        Path found = path.resolve(file);
        return Files.isRegularFile(found) ? Optional.of(Files.newBufferedReader(found)) : Optional.empty();
    }

    @Override
    public void close() {}
}
