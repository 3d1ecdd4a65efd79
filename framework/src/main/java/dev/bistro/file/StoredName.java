package dev.bistro.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that a directory has an entry of exactly a name. Some file systems find {@code private} by {@code PRIVATE},
 * {@code é} of one character by {@code é} of two, or {@code a.txt} by {@code a.txt.} or {@code A~1.TXT}; a filter on
 * the one spelling wouldn't see the others. Each directory is checked by itself, since other file systems may be
 * mounted below it. {@link Path#toRealPath} doesn't help: on Linux it keeps the names as they were asked for.
 *
 * <p>If the name in another spelling finds nothing, the file system tells names apart, and that is all. Otherwise the
 * directory is listed.
 */
final class StoredName {
    private StoredName() {}

    /**
     * Whether a directory has an entry of exactly this name.
     *
     * @param name a name by which something was found in the directory
     */
    static boolean isIn(Path directory, String name) {
        List<String> others = others(name);
        boolean isToldApart =
                others.isEmpty() ? isUnmistakable(name) : others.stream().noneMatch(other -> exists(directory, other));
        return isToldApart || isListed(directory, name);
    }

    /** Other spellings of the name, one of which a file system finds that folds case or normalizes Unicode. */
    private static List<String> others(String name) {
        return Stream.of(
                        inOtherCase(name),
                        Normalizer.normalize(name, Normalizer.Form.NFC),
                        Normalizer.normalize(name, Normalizer.Form.NFD))
                .distinct()
                .filter(other -> !other.equals(name))
                .toList();
    }

    private static String inOtherCase(String name) {
        var other = new StringBuilder(name.length());
        name.codePoints()
                .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
                .forEach(other::appendCodePoint);
        return other.toString();
    }

    /**
     * Whether a name without another spelling, such as {@code 2026-01}, can't be an alias either: of a short name (8.3)
     * or of a name without the dots at its end.
     */
    private static boolean isUnmistakable(String name) {
        return name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '~') && !name.endsWith(".");
    }

    private static boolean exists(Path directory, String name) {
        try {
            Path path = directory.resolve(name);
            // java.io doesn't throw an exception for a missing file, and so is faster
            return path.getFileSystem() == FileSystems.getDefault()
                    ? path.toFile().exists()
                    : Files.exists(path);
        } catch (InvalidPathException notAName) {
            return false;
        }
    }

    private static boolean isListed(Path directory, String name) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (entry.getFileName().toString().equals(name)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException unreadable) {
            return false;
        }
    }
}
