package dev.bistro.file;

import dev.bistro.http.ForbiddenException;
import dev.bistro.http.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The only way from a request's path to a file: nothing outside of the root comes out of it, and the client can't tell whether there is
 * something.
 *
 * <pre>{@code
 * SafePath files = SafePath.of(Path.of("/srv/files"));
 * files.resolve("reports/2026.pdf");      // /srv/files/reports/2026.pdf, or a NotFoundException
 * files.resolve("../../etc/passwd");      // a ForbiddenException, whether it is there or not
 * files.file("reports/2026.pdf");         // the same as an answer
 * }</pre>
 *
 * <p>Between the check and the opening of a file, somebody else could put a symbolic link in its place. What {@link #file} and {@link #find} give is
 * checked once more when it is open; where you open a {@link #resolve resolved} path yourself, and others than you can make links below the root, open it
 * with {@link LinkOption#NOFOLLOW_LINKS}.
 */
public final class SafePath {
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
     * @param path the path below the root, decoded as a path variable is: {@code "a/b c.txt"}; empty for the root. With
     *     a slash at its end, it is that of a directory
     * @throws ForbiddenException if it has {@code ..}, a backslash or a control character; on Windows also for the name of a drive, a stream or a device
     * @throws NotFoundException if there is nothing, or it is hidden, or a symbolic link leads out of the root; if the
     *     path begins with a slash, or has two in a row; and if what is there has another name, which the file system
     *     takes for the same ({@code A.TXT} for {@code a.txt})
     */
    public Path resolve(String path) {
        return locate(PathSegments.parse(path)).orElseThrow(SafePath::notFound);
    }

    /**
     * The file at a path as an answer, which can be refined: {@code files.file("a.pdf").attachment()}.
     *
     * @param path as for {@link #resolve}
     * @throws ForbiddenException as {@link #resolve}
     * @throws NotFoundException as {@link #resolve}, and if it isn't a file but a directory, say; when it is answered,
     *     also if a slash in the path was percent-encoded in the request's path, since the routes and filters took that
     *     for a character of a name
     */
    public FileResponse file(String path) {
        return find(path).orElseThrow(SafePath::notFound);
    }

    /**
     * The file at a path as an answer, if there is one.
     *
     * @param path as for {@link #resolve}
     * @throws ForbiddenException as {@link #resolve}
     */
    public Optional<FileResponse> find(String path) {
        return find(PathSegments.parse(path)).map(source -> FileResponse.of(source, path));
    }

    Optional<FileSource> find(PathSegments path) {
        return path.mayBeFile() ? locate(path).filter(Files::isRegularFile).map(this::source) : Optional.empty();
    }

    private FileSource source(Path file) {
        return new PathFileSource(file, below(file));
    }

    /**
     * Where a new file or directory would be: its directory is there, and within the root. There may be a file of just
     * that name already, but no symbolic link.
     *
     * @param path the path below the root, decoded
     * @throws ForbiddenException as {@link #resolve}, and for the root itself
     * @throws NotFoundException if its directory isn't there, and for what {@link #resolve} finds nothing at because of
     *     how the path is written
     */
    public Path resolveNew(String path) {
        PathSegments segments = PathSegments.parse(path);
        if (segments.isEmpty()) {
            throw PathSegments.forbidden();
        }
        Path asked = asked(segments).orElseThrow(SafePath::notFound);
        Path directory = inside(asked.getParent()).filter(Files::isDirectory).orElseThrow(SafePath::notFound);
        Path place = directory.resolve(asked.getFileName());
        boolean isThere = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
        int names = segments.names().size();
        if (!isNamed(segments.names().subList(0, isThere ? names : names - 1)) || Files.isSymbolicLink(place)) {
            throw notFound();
        }
        return place;
    }

    private Optional<Path> locate(PathSegments path) {
        return asked(path)
                .flatMap(this::inside)
                .filter(real -> !path.isFolder() || Files.isDirectory(real))
                .filter(real -> isNamed(path.names()));
    }

    /** Whether what was found by these names has just them. Links are followed on the way, but have names as well. */
    private boolean isNamed(List<String> names) {
        Path directory = root;
        for (String name : names) {
            if (!StoredName.isIn(directory, name)) {
                return false;
            }
            directory = directory.resolve(name);
        }
        return true;
    }

    private Optional<Path> asked(PathSegments path) {
        if (!path.isCanonical() || path.hasHidden() && !hidden) {
            return Optional.empty();
        }
        try {
            return Optional.of(root.resolve(path.joined()));
        } catch (InvalidPathException e) {
            return Optional.empty(); // no file has such a name here
        }
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

    /** The path of what is inside, from the root, with slashes. */
    private String below(Path real) {
        return root.relativize(real).toString().replace(root.getFileSystem().getSeparator(), "/");
    }

    static NotFoundException notFound() {
        return new NotFoundException("There is no such file");
    }
}
