package dev.bistro.file;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.PercentCoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The only way from a request's path to a file: nothing outside of the root comes out of it, and the client can't tell whether there is
 * something.
 *
 * <pre>{@code
 * SafePath files = SafePath.of(Path.of("/srv/files"));
 * files.resolve("reports/2026.pdf");      // /srv/files/reports/2026.pdf, or a NotFoundException
 * files.resolve("../../etc/passwd");      // a ForbiddenException, whether it is there or not
 * }</pre>
 */
public final class SafePath {
    private static final int MAX_DECODINGS = 5;

    private final Path root;
    private final boolean hidden;

    private SafePath(Path root, boolean hidden) {
        this.root = root;
        this.hidden = hidden;
    }

    /**
     * The files of a directory and below.
     *
     * @throws IOException if there is no such directory
     */
    public static SafePath of(Path root) throws IOException {
        Path real = root.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new IOException("Not a directory: " + root);
        }
        return new SafePath(real, false);
    }

    /** The same with the files whose names begin with a dot, which are as good as missing otherwise. */
    public SafePath withHiddenFiles() {
        return new SafePath(root, true);
    }

    /** The directory itself, without symbolic links in its path. */
    public Path root() {
        return root;
    }

    /**
     * What is at a path, without symbolic links.
     *
     * @param path the path below the root, decoded as a path variable is: {@code "a/b c.txt"}; a slash before or after it counts for nothing
     * @throws ForbiddenException if it has {@code ..}, a backslash, a colon, or a control character
     * @throws NotFoundException if there is nothing, or it is hidden, or a symbolic link leads out of the root
     */
    public Path resolve(String path) {
        Path below = below(path);
        return inside(below).orElseThrow(SafePath::notFound);
    }

    /**
     * Where a new file or directory would be: its directory is there, and within the root.
     *
     * @param path the path below the root, decoded
     * @throws ForbiddenException as {@link #resolve}, and for the root itself
     * @throws NotFoundException if its directory isn't there
     */
    public Path resolveNew(String path) {
        Path below = below(path);
        if (below.equals(root)) {
            throw forbidden();
        }
        Path directory = inside(below.getParent()).filter(Files::isDirectory).orElseThrow(SafePath::notFound);
        return directory.resolve(below.getFileName());
    }

    private Optional<Path> inside(Path path) {
        try {
            Path real = path.toRealPath();
            return real.startsWith(root) && (hidden || !hasHidden(real)) ? Optional.of(real) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private boolean hasHidden(Path real) {
        for (Path name : root.relativize(real)) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private Path below(String path) {
        Path below = root;
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                below = below.resolve(checked(segment));
            }
        }
        return below;
    }

    private Path checked(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            // a colon is a drive's or a stream's on Windows
            if (c < 0x20 || c == 0x7F || c == '\\' || c == ':' && isWindows()) {
                throw forbidden();
            }
        }
        if (isUpwards(segment)) {
            throw forbidden();
        }
        if (segment.startsWith(".") && !hidden) {
            throw notFound();
        }
        try {
            return Path.of(segment);
        } catch (InvalidPathException e) {
            throw notFound(); // no file has such a name here
        }
    }

    private static boolean isWindows() {
        return java.io.File.separatorChar == '\\';
    }

    /** Whether it is a step upwards, also if it was encoded more than once: nobody means well with that. */
    private static boolean isUpwards(String segment) {
        String text = segment;
        for (int i = 0; i < MAX_DECODINGS; i++) {
            // Windows ignores dots and spaces at the end of a name
            if (text.replace(".", "").isBlank() || text.contains("../") || text.contains("..\\")) {
                return !text.isEmpty() && text.contains(".");
            }
            if (text.indexOf('%') < 0) {
                return false;
            }
            text = decodedOnce(text);
        }
        return false;
    }

    private static String decodedOnce(String text) {
        try {
            return PercentCoding.decode(text, 0, text.length());
        } catch (BadRequestException notEncoded) {
            return text.replace("%2e", ".").replace("%2E", ".");
        }
    }

    private static ForbiddenException forbidden() {
        return new ForbiddenException("That path is not allowed");
    }

    private static NotFoundException notFound() {
        return new NotFoundException("There is no such file");
    }
}
