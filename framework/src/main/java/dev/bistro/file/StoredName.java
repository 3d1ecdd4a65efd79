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
 * Whether something has just that name. Some file systems find {@code private} as {@code PRIVATE}, {@code é} of one
 * character as {@code é} of two, or {@code a.txt} as {@code a.txt.} or {@code A~1.TXT}; a filter that stands before the
 * one spelling knows nothing of the others. It goes by directory, as a folder may have several file systems below it,
 * and isn't known from the real path: on Linux that has the names as they were asked for.
 *
 * <p>Where the name in other letters leads nowhere, the file system tells names apart, and nothing more is done.
 * Otherwise the directory is read.
 */
final class StoredName {
    private StoredName() {}

    /**
     * Whether a directory has an entry of just this name.
     *
     * @param name one for which the directory gave something
     */
    static boolean isIn(Path directory, String name) {
        List<String> others = others(name);
        boolean isToldApart =
                others.isEmpty() ? isUnmistakable(name) : others.stream().noneMatch(other -> exists(directory, other));
        return isToldApart || isListed(directory, name);
    }

    /** The name in other spellings, of which a file system that folds case or normalises Unicode finds one. */
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
     * Whether a name that has no other spelling, {@code 2026-01} say, is found by itself alone, even by a file system
     * that knows short names and passes dots over.
     */
    private static boolean isUnmistakable(String name) {
        return name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '~') && !name.endsWith(".");
    }

    private static boolean exists(Path directory, String name) {
        try {
            Path path = directory.resolve(name);
            // the older way, which makes no exception of what isn't there
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
