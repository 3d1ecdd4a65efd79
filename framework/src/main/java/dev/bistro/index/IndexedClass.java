package dev.bistro.index;

import java.util.Optional;

/**
 * A line of the index, for one class file.
 *
 * @param path its path below the root: {@code shop/Items$Row.class}
 * @param checksum the CRC-32 of its bytes, which an archive has in its directory too
 * @param isWanted whether an application may need the class
 */
record IndexedClass(String path, long checksum, boolean isWanted) {
    static final String SUFFIX = ".class";

    private static final int PATH_AT = 11;

    /** The class's binary name: {@code shop.Items$Row}. */
    String className() {
        return path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
    }

    /** The line: {@code 1f2e3d4c + shop/Items$Row.class}. */
    String line() {
        return String.format("%08x %s %s", checksum, isWanted ? "+" : "-", path);
    }

    /** Parses a line; empty if it has another form. */
    static Optional<IndexedClass> parse(String line) {
        boolean hasForm =
                line.length() > PATH_AT && line.charAt(8) == ' ' && line.charAt(10) == ' ' && line.endsWith(SUFFIX);
        if (!hasForm) {
            return Optional.empty();
        }
        try {
            long checksum = Long.parseLong(line, 0, 8, 16);
            return Optional.of(new IndexedClass(line.substring(PATH_AT), checksum, line.charAt(9) == '+'));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
